"""The plans of the journey that no template gives: one with every method, and one without votes."""


def every_method():
    """Two half-years, four units of which two have a window, all five methods, criteria, a quota with
    the own unit skipped, caps, grades and outcomes."""
    return {
        "format": 1, "title": "某县2025年度评议(全部方法)", "year": 2025, "total": "100",
        "adjustment_cap": {"bonus": "6"},
        "categories": [{"id": "dept", "name": "科室"}],
        "units": [
            {"id": "hall", "name": "政务大厅", "category": "dept", "traits": ["window"]},
            {"id": "tax", "name": "税务所", "category": "dept", "traits": ["window"]},
            {"id": "finance", "name": "财政所", "category": "dept"},
            {"id": "civil", "name": "民政办", "category": "dept"},
        ],
        "groups": [
            {"id": "clients", "name": "服务对象", "ballot": "anonymous"},
            {"id": "delegates", "name": "代表委员", "ballot": "anonymous"},
            {"id": "chief", "name": "主要领导", "ballot": "named"},
            {"id": "colleagues", "name": "各科室", "ballot": "anonymous"},
        ],
        "scales": [
            {"id": "satisfaction", "options": [
                {"id": "good", "name": "满意", "value": "100"}, {"id": "fair", "name": "基本满意", "value": "66.7"},
                {"id": "poor", "name": "不满意", "value": "0"}]},
            {"id": "merit", "options": [
                {"id": "excellent", "name": "优秀", "value": "10"}, {"id": "good", "name": "良好", "value": "8"},
                {"id": "average", "name": "一般", "value": "6"}]},
        ],
        "periods": [{"id": "h1", "name": "上半年"}, {"id": "h2", "name": "下半年"}],
        "combine": "mean",
        "components": [
            {"id": "public", "name": "社会评议", "points": "30", "method": {
                "kind": "survey", "scale": "satisfaction", "out_of": "100",
                "criteria": [{"id": "attitude", "name": "态度", "weight": "60"}, {"id": "speed", "name": "效率", "weight": "40"}],
                "groups": [{"group": "clients", "weight": "70"}, {"group": "delegates", "weight": "30"}]}},
            {"id": "inside", "name": "内部评价", "children": [
                {"id": "chief_vote", "name": "主要领导评价", "points": "10", "method": {
                    "kind": "survey", "scale": "merit", "out_of": "10", "groups": [{"group": "chief", "weight": "1"}],
                    "quota": [{"option": "excellent", "count": 1}, {"option": "good", "count": 1}, {"option": "average", "count": 2}]}},
                {"id": "mutual", "name": "互评", "points": "10", "method": {
                    "kind": "survey", "scale": "merit", "out_of": "10", "own_unit": "skipped",
                    "groups": [{"group": "colleagues", "weight": "1"}],
                    "quota": [{"option": "excellent", "count": 1}, {"option": "good", "count": 1}, {"option": "average", "count": 1}]}},
            ]},
            {"id": "complaints", "name": "意见扣分", "points": "20", "method": {
                "kind": "complaints", "scale": "satisfaction", "deduct": {"poor": "1", "fair": "0.5"}, "groups": ["delegates"]}},
            {"id": "inspection", "name": "监督检查", "points": "15", "method": {
                "kind": "incidents", "serious_factor": "2",
                "levels": [{"id": "office", "name": "本级查实", "amount": "1"}, {"id": "county", "name": "县级查实", "amount": "2"}]}},
            {"id": "tasks", "name": "目标任务", "points": "5", "method": {"kind": "entered", "out_of": "100", "office": "政工科"}},
            {"id": "windows", "name": "窗口月评", "points": "10", "only": "window", "method": {"kind": "linked", "out_of": "100", "combine": "mean"}},
            {"id": "paperwork", "name": "案卷评查", "points": "10", "except": "window", "method": {"kind": "entered", "office": "法制科"}},
        ],
        "adjustments": [
            {"id": "praise", "name": "表彰", "sign": "bonus", "cap": "5",
             "levels": [{"id": "province", "name": "省级", "points": "3"}, {"id": "city", "name": "市级", "points": "1.5"}]},
            {"id": "idea", "name": "创新", "sign": "bonus", "range": {"min": "0", "max": "4"}},
            {"id": "breach", "name": "违纪", "sign": "deduction", "range": {"min": "0", "max": "10"}},
        ],
        "ranking": {"decimals": 2, "tie_break": ["public", {"option": "good", "component": "public"}]},
        "grading": {"scope": "category", "grades": [
            {"id": "a", "name": "优秀", "share": "20"}, {"id": "b", "name": "良好", "share": "50"}, {"id": "c", "name": "一般", "share": "30"}]},
        "outcomes": [
            {"id": "first", "name": "通报表扬", "when": {"from_top": 1}, "effects": {"head": "6", "staff": "5"}},
            {"id": "last", "name": "诫勉谈话", "when": {"from_bottom": 1}},
            {"id": "middle", "name": "谈话提醒", "when": {"ranks": [2, 3]}},
            {"id": "share", "name": "前三成", "when": {"top_share": "30"}},
            {"id": "weak", "name": "限期整改", "when": {"grade": "c"}},
            {"id": "last_twice", "name": "组织处理", "when": {"outcome": "last", "years": 2}},
        ],
    }


def entries_only():
    """Two units, two entered halves of fifty: what needs no voter, and ties easily."""
    return {
        "format": 1, "title": "只有录入分的评议", "total": "100",
        "categories": [{"id": "dept", "name": "科室"}],
        "units": [{"id": "a", "name": "甲", "category": "dept"}, {"id": "b", "name": "乙", "category": "dept"}],
        "groups": [], "scales": [],
        "periods": [{"id": "year", "name": "全年"}], "combine": "last",
        "components": [
            {"id": "x", "name": "一", "points": "50", "method": {"kind": "entered", "office": "办公室"}},
            {"id": "y", "name": "二", "points": "50", "method": {"kind": "entered", "office": "政工科"}},
        ],
        "adjustments": [], "ranking": {"decimals": 1, "tie_break": ["x"]}, "grading": None, "outcomes": [],
    }


def blind_group():
    """One survey of one blind group: codes are sent to persons, and exchanged for tokens."""
    return {
        "format": 1, "title": "盲签名评议", "total": "100",
        "categories": [{"id": "dept", "name": "科室"}],
        "units": [{"id": "a", "name": "甲", "category": "dept"}, {"id": "b", "name": "乙", "category": "dept"}],
        "groups": [{"id": "members", "name": "党代表", "ballot": "blind"}],
        "scales": [{"id": "s", "options": [{"id": "good", "name": "满意", "value": "90"}, {"id": "poor", "name": "不满意", "value": "50"}]}],
        "periods": [{"id": "year", "name": "全年"}], "combine": "last",
        "components": [{"id": "vote", "name": "测评", "points": "100", "method": {
            "kind": "survey", "scale": "s", "out_of": "100", "groups": [{"group": "members", "weight": "1"}]}}],
        "adjustments": [], "ranking": {"decimals": 2, "tie_break": []}, "grading": None, "outcomes": [],
    }


def open_group():
    """One survey of one open group, whose voters may write opinions."""
    plan = blind_group()
    return {**plan, "title": "扫码评议", "groups": [{"id": "citizens", "name": "市民", "ballot": "open", "comments": True}],
            "components": [{**plan["components"][0], "method": {
                **plan["components"][0]["method"], "groups": [{"group": "citizens", "weight": "1"}]}}]}
