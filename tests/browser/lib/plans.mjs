// Plans for the journeys: small enough to fill in by hand, with everything that a paper can have.

const SATISFACTION = {
  id: "satisfaction",
  options: [
    { id: "good", name: "满意", value: "90" },
    { id: "fair", name: "基本满意", value: "70" },
    { id: "poor", name: "不满意", value: "50" },
  ],
};
const FOUR = {
  id: "four",
  options: [
    { id: "best", name: "优秀", value: "100" },
    { id: "good", name: "良好", value: "80" },
    { id: "fair", name: "一般", value: "60" },
    { id: "poor", name: "较差", value: "40" },
  ],
};
const UNITS = ["党政综合办公室", "社会事务办公室", "林业站", "村建所"];
const GROUPS = [
  { id: "leaders", name: "班子成员", ballot: "anonymous" },
  { id: "delegates", name: "党代表、人大代表", ballot: "named" },
  { id: "stations", name: "各站所", ballot: "per_unit" },
  { id: "public", name: "服务对象", ballot: "open" },
  { id: "monitors", name: "监督员", ballot: "blind" },
];

/// Four units: a survey, a survey on two criteria, and one with a quota of 优秀 1, 良好 2, 一般 1.
export function smallPlan() {
  const groups = GROUPS.map(({ id }) => ({ group: id, weight: "20" }));
  const leaf = (id, name, points, method) => ({ id, name, points, method: { kind: "survey", out_of: "100", groups, ...method } });
  return plan("元坝镇2018年内设机构作风效能评测", UNITS, [
    leaf("work", "公开评议", "40", { scale: "satisfaction" }),
    leaf("style", "内部测评", "30", {
      scale: "satisfaction",
      criteria: [{ id: "attitude", name: "服务态度", weight: "50" }, { id: "speed", name: "办事效率", weight: "50" }],
    }),
    leaf("year", "年度等次推荐", "30", {
      scale: "four",
      quota: [{ option: "best", count: 1 }, { option: "good", count: 2 }, { option: "fair", count: 1 }],
    }),
  ]);
}

/// Four units, one survey.
export function briefPlan() {
  const groups = GROUPS.map(({ id }) => ({ group: id, weight: "20" }));
  const method = { kind: "survey", scale: "satisfaction", out_of: "100", groups };
  return plan("元坝镇2018年政风行风评议", UNITS, [{ id: "work", name: "公开评议", points: "100", method }]);
}

/// Sixty units under a quota: what a tap costs on a large paper.
export function largePlan() {
  const units = Array.from({ length: 60 }, (_, place) => `第${place + 1}单位`);
  const method = {
    kind: "survey", scale: "four", out_of: "100", groups: [{ group: "leaders", weight: "1" }],
    quota: [{ option: "best", count: 10 }, { option: "good", count: 20 }, { option: "fair", count: 30 }],
  };
  const document = plan("县直机关2024年度作风评议", units, [{ id: "year", name: "年度测评", points: "100", method }]);
  return { ...document, groups: GROUPS.slice(0, 1) };
}

/// Many units, each with an entered figure for every component: what a drag of the simulation costs.
export function wideAppraisal(units, components) {
  let state = 20_240_607;
  const below = (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const names = Array.from({ length: units }, (_, place) => `第${place + 1}单位`);
  const points = Array.from({ length: components }, () => Math.floor(100 / components));
  points[0] += 100 - points.reduce((sum, one) => sum + one, 0);
  const leaves = points.map((points, place) => ({
    id: `c${place + 1}`, name: `第${place + 1}项`, points: String(points), method: { kind: "entered", office: "评议办", out_of: "100" },
  }));
  const wide = { ...plan("市直单位2014年度评议", names, leaves), groups: [], scales: [] };
  const entries = names.flatMap((_, unit) => leaves.map(({ id }) => ({ component: id, unit: `u${unit + 1}`, value: String((7000 + below(3001)) / 100) })));
  return { plan: wide, entries };
}

function plan(title, units, components) {
  return {
    format: 1, title, year: 2018, total: "100",
    categories: [{ id: "dept", name: "内设机构" }],
    units: units.map((name, place) => ({ id: `u${place + 1}`, name, category: "dept" })),
    groups: GROUPS, scales: [SATISFACTION, FOUR],
    periods: [{ id: "year", name: "2018年度" }], combine: "mean", components,
    adjustments: [], ranking: { decimals: 2, tie_break: ["work"].filter((id) => components.some((one) => one.id === id)) },
    grading: null, outcomes: [],
  };
}
