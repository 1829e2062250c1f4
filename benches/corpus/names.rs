//! Made-up names, as many as needed. A rank always has the same name; higher ranks have longer names.

/// The script of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Hangul,
    /// Characters with one form in both Chinese scripts.
    Han,
}

const LATIN: &str = "al an ar ba bel ber bo bran cal cor da del do dor el en fal fen gar go gra ha hel hol in is ka \
    kel kor la lan len lin lo mar mel min mo na nel nor o or pel per ra ran rin ro sa sel son sta ta tel tor tri \
    ul va vel vin wa wil zan";
const HANGUL: &str = "가 강 건 경 곤 광 구 국 권 규 근 기 길 남 노 다 달 대 덕 도 동 두 라 람 려 로 루 륜 르 리 린 마 만 명 모 목 문 미 \
    민 바 백 범 병 보 봉 비 산 상 새 서 석 선 설 성 소 솔 수 순 승 아 안 암 연 영 오 옥 완 용 우 운 원 윤 율 은 인 일 재 정 제 주 준 \
    지 진 창 천 철 청 초 춘 충 치 탁 태 평 필 하 한 해 혁 현 형 호 홍 화 환 후 훈 희";
const HAN: &str = "人 大 小 中 上 下 力 工 公 司 日 月 年 生 成 出 入 口 市 合 作 同 地 方 法 定 金 石 油 \
    化 天 水 火 木 土 山 川 海 河 江 南 北 西 文 信 用 品 物 平 安 全 明 光 白 高 低 正 反 \
    主 自 由 利 益 交 通 行 政 府 民 心 手 目 首 先 前 代 表 面 重 要 基 本 原 料 材 分 期 \
    能 源 加 增 最 新 科 技 研 造 建 立 和 友 好 度 量 有 存 保 委 任 特 共 享 世 界 美 英 \
    古 今 老 少 空 城 村 家 居 住 食 米 茶 酒 布 衣 器 具 改 革 引 起 推 提 支 持 控 放 投 \
    收 付 考 察 查 看 注 意 思 想 知 情 性 格 形 式 象 色 香 音 道 路 角 指 令 命 名 字 母 \
    父 兄 弟 子 女 士 兵 官 王 京 都 州 省 外 流 回 送 走 足";

/// The name of a rank, counted from 0, with at least two syllables.
pub(crate) fn name(script: Script, rank: u64) -> String {
    let syllables: Vec<&str> = match script {
        Script::Latin => LATIN,
        Script::Hangul => HANGUL,
        Script::Han => HAN,
    }
    .split_whitespace()
    .collect();
    let base = syllables.len() as u64;
    let mut name = String::new();
    let mut left = rank.saturating_add(base);
    while left > 0 {
        name.push_str(syllables[(left % base) as usize]);
        left /= base;
    }
    name
}
