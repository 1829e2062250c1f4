//! The query language: how queries are read, what is refused, and what each operator finds.

mod by_document;
mod dialects;
mod explained;
mod filters;
mod operators;
mod reading;
mod reference;
mod refused;
mod whole_article;
mod wildcards;

use crate::workspace::Workspace;

/// Articles in which each operator makes a difference.
fn articles() -> Workspace {
    let workspace = Workspace::new();
    let file = workspace.write_articles(
        "articles.jsonl",
        &[
            ("en-1", "Steel tariffs return", "Washington raised its tariff on steel. Free trade is over, traders say."),
            ("en-2", "A semiconductor pact", "Talks on semiconductors and freer trade; duties on chips fall."),
            (
                "en-3",
                "Trade talks",
                "Ministers want trade that is free and fair. The tariffs of 2018 were tariffs on aluminium.",
            ),
            (
                "de-1",
                "Zölle auf Stahl",
                "Die Halbleiterindustrie klagt über den Zoll. Der Freihandel mit Südkorea geht weiter, heißt es.",
            ),
            (
                "de-2",
                "Halbleiter aus Dresden",
                "Der Halbleiter ist knapp, die Zölle sind es nicht. Das Abkommen über den freien Handel ist da.",
            ),
            ("ko-1", "관세 협상", "한국은 미국과 무역협정을 다시 협상한다. 반도체 관세는 그대로다."),
            ("ko-2", "한중 FTA", "한중 FTA가 발효됐다. 자유로운 무역을 위한 협정이라고 정부는 말했다. 관세를 올렸다."),
            ("zh-1", "自由贸易协定", "中韩自由贸易协定第二阶段谈判重启，稀土出口限制放宽。"),
            ("zh-2", "關稅與自由", "貿易自由化談判中斷，稀土的出口再受限制。"),
        ],
    );
    workspace.index(&[file]);
    workspace
}
