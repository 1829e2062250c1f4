//! Articles that are written in every wrapping: four languages, both Chinese scripts, decomposed text, emoji, hanja.

/// What every wrapping must give back.
pub(crate) struct Article {
    pub(crate) lang: &'static str,
    pub(crate) title: &'static str,
    pub(crate) date: &'static str,
    pub(crate) source: &'static str,
    pub(crate) paragraphs: &'static [&'static str],
}

impl Article {
    pub(crate) fn url(&self, number: usize) -> String {
        format!("https://news.example/{}/article-{number}", self.lang)
    }
}

pub(crate) const ARTICLES: [Article; 12] = [
    Article {
        lang: "en",
        title: "Wheat growers press for a faster quota review",
        date: "2025-03-04",
        source: "Harbour Gazette",
        paragraphs: &[
            "Grain exporters asked the trade ministry on Tuesday to bring forward a review of the wheat quota, saying the current ceiling was reached in eleven weeks.",
            "The quota lets 210,000 tonnes enter free of duty each year. Beyond that, a levy of 95 euros a tonne applies, which growers say has closed the market to smaller mills.",
            "\u{201c}We do not want a new agreement, only the one we signed,\u{201d} said Marta Lindqvist, who chairs the growers' council in the northern province.",
            "Officials answered that a review needs the consent of both sides. A joint committee is to meet in May & decide on a calendar.",
            "Shipping companies expect little change before the next harvest.",
        ],
    },
    Article {
        lang: "en",
        title: "Ferry link cuts two days off the fruit route",
        date: "2025-06-19",
        source: "Coastal Wire",
        paragraphs: &[
            "A new ferry between the two ports carries refrigerated containers overnight, the operator said.",
            "Importers of cherries 🍒 and plums had relied on a railway that takes three days.",
            "The first crossing was fully booked.",
        ],
    },
    Article {
        lang: "en",
        title: "Panel rules steel safeguard breached tariff commitments",
        date: "2024-11-28",
        source: "Harbour Gazette",
        paragraphs: &[
            "A dispute panel found on Thursday that a safeguard on flat steel went beyond what the tariff schedule allows, in a ruling that both governments said they would study.",
            "The measure was introduced four years ago after imports had doubled. It set a duty of 25% on everything above the average of three earlier years, with exceptions for poorer countries.",
            "The panel held that the investigators had not shown how the surge was linked to unforeseen developments. It rejected five further claims, among them one about the length of the measure.",
            "Either side may appeal within sixty days. Lawyers who follow the case expect a settlement instead, because the safeguard runs out next summer anyway.",
            "Car makers, who buy most of the steel, welcomed the ruling; the producers' federation called it a setback for 3,400 jobs.",
        ],
    },
    Article {
        lang: "de",
        title: "Maschinenbauer hoffen auf leichtere Zollabfertigung",
        date: "2025-02-11",
        source: "Hafenblatt",
        paragraphs: &[
            "Die Maschinenbauer im Süden des Landes hoffen auf eine leichtere Zollabfertigung. Bislang müssen sie für jede Lieferung ein eigenes Ursprungszeugnis vorlegen, auch wenn sie dieselbe Maschine mehrmals verschicken.",
            "Nach Angaben des Verbandes kostet das einen mittleren Betrieb rund 40.000 Euro im Jahr. Größere Häuser haben dafür eigene Abteilungen, kleinere verzichten oft ganz auf die Zollvorteile.",
            "„Wir reden über Papier, nicht über Politik“, sagte der Geschäftsführer Jörg Weißenborn am Dienstag. Ein elektronisches Verfahren sei längst erprobt.",
            "Das Ministerium prüft den Vorschlag. Eine Entscheidung soll vor der Sommerpause fallen, hieß es in Kreisen der Verwaltung.",
        ],
    },
    Article {
        lang: "de",
        title: "Mehr Schiffe im Fährhafen",
        date: "2025-09-30",
        source: "Küstendienst",
        paragraphs: &[
            // Decomposed, as text from some systems is.
            "Der Fa\u{308}hrhafen hat im September mehr Schiffe abgefertigt als je zuvor.",
            "Vor allem O\u{308}l und Getreide legten zu.",
            "Die Hafenmeisterin spricht von einem guten Jahr, warnt aber vor den Folgen der neuen Einfuhrzo\u{308}lle fu\u{308}r Stahl.",
        ],
    },
    Article {
        lang: "de",
        title: "Weinhandel streitet über Herkunftsangaben",
        date: "2024-08-05",
        source: "Hafenblatt",
        paragraphs: &[
            "Im Streit über Herkunftsangaben für Wein zeichnet sich eine Einigung ab. Beide Seiten legten am Montag Listen mit geschützten Namen vor, die nur noch in wenigen Punkten voneinander abweichen.",
            "Offen ist, wie lange bestehende Marken weiter verwendet werden dürfen. Die Winzer verlangen fünf Jahre, der Großhandel zehn.",
            "Ein Gutachten aus dem vergangenen Jahr hatte die Lage noch düster gezeichnet: Ohne Abkommen drohten Strafzölle, die den Handel um ein Drittel schrumpfen ließen.",
            "Die nächste Runde der Gespräche ist für Oktober angesetzt, diesmal auf neutralem Boden.",
        ],
    },
    Article {
        lang: "ko",
        title: "배 수출 농가, 검역 절차 간소화 요구",
        date: "2025-04-17",
        source: "항만일보",
        paragraphs: &[
            "배를 수출하는 농가들이 검역 절차를 간소화해 달라고 정부에 요구했다. 지금은 과수원마다 해마다 두 차례씩 현장 검사를 받아야 한다.",
            "농가 대표는 “검사를 기다리는 동안 수확기가 지나간다”며 “상대국과 다시 협의해 달라”고 말했다. 지난해 수출량은 1만2천 톤으로 5년 사이 가장 적었다.",
            "정부는 다음 달 열리는 공동위원회에서 이 문제를 의제로 올리겠다고 밝혔다. 다만 상대국이 요구하는 자료를 먼저 갖추어야 한다고 덧붙였다.",
            "업계는 절차가 줄어들면 운송비가 10%가량 낮아질 것으로 본다.",
        ],
    },
    Article {
        lang: "ko",
        title: "양국 서비스 협상 재개",
        date: "2025-07-02",
        source: "연안통신",
        paragraphs: &[
            "두 나라가 서비스 협상을 다시 시작했다.",
            "다음 회의는 9월에 열린다.",
            "협상단은 금융과 물류를 먼저 다루기로 했다.",
        ],
    },
    Article {
        lang: "ko",
        title: "철강 관세 재협상 앞두고 업계 긴장",
        date: "2024-12-09",
        source: "항만일보",
        paragraphs: &[
            "철강 업계가 關稅 재협상을 앞두고 긴장하고 있다. 무관세 물량이 줄어들면 中 시장에 의존하는 중견 업체가 먼저 타격을 받기 때문이다.",
            "한 업체 임원은 계약 물량의 절반이 내년 상반기에 끝난다고 설명했다. 새 계약은 협상 결과가 나온 뒤에야 맺을 수 있다는 것이다.",
            "전문가들은 원산지 규정이 쟁점이 될 것으로 내다봤다. 반제품을 들여와 가공한 제품을 어느 나라 것으로 볼지가 아직 정해지지 않았다.",
            "협상은 이르면 다음 주 시작된다. 양측은 연내 타결을 목표로 하고 있다.",
        ],
    },
    Article {
        lang: "zh",
        title: "沿海城市试点跨境电商新规则",
        date: "2025-05-08",
        source: "港口日报",
        paragraphs: &[
            "三座沿海城市本周开始试行跨境电商的新规则。企业只需提交一次资料，就能在三地海关同时备案，货物平均停留时间预计缩短两天。",
            "参与试点的企业表示，过去最大的困难不是关税，而是各地要求不一致。一家家具出口商说，去年因为标签格式不同，有四批货物被退回。",
            "主管部门计划在明年春季评估效果。如果退货率下降，新规则将推广到内陆口岸，并与邻国的电子系统对接。",
            "分析人士认为，中小企业受益最大。",
        ],
    },
    Article {
        lang: "zh",
        title: "两国恢复大豆贸易磋商",
        date: "2025-10-21",
        source: "海岸通讯",
        paragraphs: &[
            "两国代表周二恢复大豆贸易磋商。",
            "双方讨论了检验标准。",
            "下一轮会谈定于十二月举行，地点尚未公布。",
        ],
    },
    Article {
        lang: "zh",
        title: "晶片業者憂心出口管制擴大",
        date: "2025-01-15",
        source: "港灣時報",
        paragraphs: &[
            "晶片業者擔心出口管制的範圍繼續擴大。公會週三發表聲明，要求政府在公布清單之前先聽取廠商意見，並給予至少半年的緩衝期。",
            "聲明指出，設備與材料的界線並不清楚，同一種氣體既可用於晶圓，也可用於醫療。若一律列管，醫院的採購也會受到影響。",
            "經濟部門回應，清單仍在研擬，會與主要貿易夥伴協調。部分學者則提醒，各國做法若不一致，企業的成本只會更高。",
            "公會預計下個月再提出書面建議。",
        ],
    },
];
