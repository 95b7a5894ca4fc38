"""The result of a plan and its records, reckoned with exact fractions straight from the words of the
scoring page: a second opinion on the server's arithmetic that shares no line with it.

Owns: surveys (criteria, units' tasks, weights, pooling, the least marks), complaints, incidents, entries, links,
decisions, adjustments with caps, periods, one period alone, ranks with tie-breaks and lots, grades, outcomes.
Refuses stage 2."""

from fractions import Fraction as F


def rounded(value, places):
    """Half away from zero, as a string with exactly `places` decimals and never a negative zero."""
    unit = 10**places
    whole = (abs(value) * unit * 2 + 1) // 2
    sign = "-" if value < 0 and whole else ""
    digits = str(whole).rjust(places + 1, "0")
    return sign + (digits[:-places] + "." + digits[-places:] if places else digits)


def shortest(value):
    """A decimal without needless zeros."""
    text = rounded(value, 12).rstrip("0").rstrip(".")
    return text


class Missing(Exception):
    """Final mode, and something is missing."""


class Reckoning:
    """One plan, one records document, one mode, all periods or one alone."""

    def __init__(self, plan, records, mode="final", period=None):
        if period:
            plan = {**plan, "periods": [p for p in plan["periods"] if p["id"] == period], "shortlist": None,
                    "components": first_stage(plan["components"]),
                    "outcomes": [o for o in plan["outcomes"] if not o["when"].get("outcome")]}
            records = {name: [r for r in records.get(name) or [] if r.get("period", period) == period]
                       for name in records if name != "format"}
        assert not plan.get("shortlist"), "stage 2 is not reckoned here"
        self.plan, self.mode = plan, mode
        self.records = {name: records.get(name) or [] for name in (
            "tallies", "entries", "incidents", "links", "adjustments", "lots", "decisions", "verdicts", "history")}
        self.scales = {scale["id"]: {o["id"]: F(o["value"]) for o in scale["options"]} for scale in plan["scales"]}
        self.units = {unit["id"]: unit for unit in plan["units"]}
        self.periods = [period["id"] for period in plan["periods"]]
        self.missing = []
        self.nodes = {}
        self._index(plan["components"], None, None)

    def _index(self, nodes, only, excepted):
        for node in nodes:
            here = (node.get("only") or only, node.get("except") or excepted)
            self.nodes[node["id"]] = (node, *here)
            self._index(node.get("children") or [], *here)

    def applies(self, node, unit):
        traits = self.units[unit].get("traits") or []
        _, only, excepted = self.nodes[node]
        return (only is None or only in traits) and (excepted is None or excepted not in traits)

    def of(self, kind, **where):
        return [r for r in self.records[kind] if all(r.get(key) == value for key, value in where.items())]

    # ---- leaves

    def counts(self, period, component, unit, group=None):
        """{criterion: {option: count}}; several tallies of one place add up."""
        found = {}
        for tally in self.of("tallies", period=period, component=component, unit=unit):
            if group in (None, tally["group"]):
                options = found.setdefault(tally.get("criterion"), {})
                for option, count in tally["counts"].items():
                    options[option] = options.get(option, 0) + count
        return found

    def group_value(self, method, counts, unit):
        """Σ criteria of weight share × mean; None where a criterion has too few marks."""
        values = self.scales[method["scale"]]
        listed = self.units[unit]["tasks"] if method.get("criteria_of") else method.get("criteria") or []
        criteria = [(c["id"], F(c.get("weight") or "1")) for c in listed] or [(None, F(1))]
        together, value = sum(weight for _, weight in criteria), F(0)
        for criterion, weight in criteria:
            marks = counts.get(criterion, {})
            n = sum(marks.values())
            if n < (method.get("min_marks") or 1):
                return None
            value += weight / together * sum(c * values[o] for o, c in marks.items()) / n
        return value

    def survey(self, period, leaf, unit):
        """(raw or None, groups that are missing)"""
        method = leaf["method"]
        groups = [g["group"] for g in method["groups"]]
        if method.get("pooled"):
            value = self.group_value(method, self.counts(period, leaf["id"], unit), unit)
            return (value, []) if value is not None else (None, groups)
        values = {g: self.group_value(method, self.counts(period, leaf["id"], unit, g), unit) for g in groups}
        lacking = [g for g in groups if values[g] is None]
        present = [(F(g["weight"]), values[g["group"]]) for g in method["groups"] if values[g["group"]] is not None]
        together = sum(weight for weight, _ in present)
        if together == 0:
            return None, lacking or groups
        if method.get("missing_group") == "left_out":
            lacking = []
        return sum(weight * value for weight, value in present) / together, lacking

    def leaf(self, period, leaf, unit):
        """One leaf of the result."""
        method, points = leaf["method"], F(leaf["points"])
        out_of = F(method.get("out_of") or leaf["points"])
        place = dict(period=period, component=leaf["id"], unit=unit)
        decisions = self.of("decisions", **place)
        lacking, raw = [], None
        if decisions:
            raw = F(decisions[-1]["value"])
        elif method["kind"] == "survey":
            raw, lacking = self.survey(period, leaf, unit)
        elif method["kind"] == "complaints":
            marks = self.counts(period, leaf["id"], unit).get(None, {})
            raw = max(F(0), out_of - sum(marks.get(o, 0) * F(a) for o, a in method["deduct"].items()))
        elif method["kind"] == "incidents":
            amounts = {level["id"]: F(level["amount"]) for level in method["levels"]}
            factor = F(method.get("serious_factor") or "1")
            raw = max(F(0), out_of - sum(
                i["count"] * amounts[i["level"]] * (factor if i["serious"] else 1)
                for i in self.of("incidents", **place)))
        elif method["kind"] == "entered":
            given = self.of("entries", **place)
            raw, lacking = (F(given[0]["value"]), []) if given else (None, [None])
        elif method["kind"] == "linked":
            given = self.of("links", **place)
            if given and given[0]["totals"]:
                totals = [F(t) for t in given[0]["totals"]]
                raw = min(out_of, max(F(0), sum(totals) / (len(totals) if method["combine"] == "mean" else 1)))
            else:
                lacking = [None]
        for group in lacking:
            self.missing.append((period, leaf["id"], group, unit))
        score = F(0) if raw is None else F(rounded(points * raw / out_of, 6))
        return {"component": leaf["id"], "points": shortest(points), "score": score,
                "missing": bool(lacking), "decided": bool(decisions), "children": []}

    def node(self, period, node, unit):
        if not node.get("children"):
            return self.leaf(period, node, unit)
        children = [self.node(period, child, unit) for child in node["children"] if self.applies(child["id"], unit)]
        return {"component": node["id"], "points": None, "score": sum((c["score"] for c in children), F(0)),
                "missing": any(c["missing"] for c in children), "decided": False, "children": children}

    # ---- totals

    def adjustments(self, period, unit):
        sums = {"bonus": F(0), "deduction": F(0)}
        for rule in self.plan["adjustments"]:
            levels = {level["id"]: F(level["points"]) for level in rule.get("levels") or []}
            sum_of_rule = sum((levels[a["level"]] if a.get("level") else F(a["points"])
                               for a in self.of("adjustments", period=period, unit=unit, rule=rule["id"])), F(0))
            if rule.get("cap"):
                sum_of_rule = min(sum_of_rule, F(rule["cap"]))
            sums[rule["sign"]] += sum_of_rule
        caps = self.plan.get("adjustment_cap") or {}
        return tuple(min(value, F(caps[sign])) if caps.get(sign) else value for sign, value in sums.items())

    def combined(self, values):
        how = self.plan["combine"]
        if how == "last":
            return values[-1]
        return F(rounded(sum(values) / (len(values) if how == "mean" else 1), 6))

    def counted_periods(self):
        """Provisional mode leaves out a period without any record."""
        if self.mode == "final":
            return self.periods
        dated = [r for kind in ("tallies", "entries", "incidents", "links", "adjustments", "decisions") for r in self.records[kind]]
        return [p for p in self.periods if any(r["period"] == p for r in dated)] or self.periods

    def reckon(self):
        """The result document, its scores as strings; `missing` is a set."""
        counted, rows = self.counted_periods(), []
        for unit in self.plan["units"]:
            periods = []
            for period in self.periods:
                tree = [self.node(period, node, unit["id"]) for node in self.plan["components"] if self.applies(node["id"], unit["id"])]
                bonus, deduction = self.adjustments(period, unit["id"])
                total = sum((node["score"] for node in tree), F(0)) + bonus - deduction
                periods.append({"period": period, "total": total, "bonus": bonus, "deduction": deduction, "components": tree})
            total = self.combined([p["total"] for p in periods if p["period"] in counted])
            rows.append({"unit": unit["id"], "category": unit["category"], "total": total, "periods": periods})
        if self.mode == "final" and self.missing:
            raise Missing(sorted(map(str, self.missing)))
        self.rows = {row["unit"]: row for row in rows}
        ties, unresolved, order = [], [], {}
        for category in self.plan["categories"]:
            members = [row["unit"] for row in rows if row["category"] == category["id"]]
            order[category["id"]] = self.ranked(members, category["id"], ties, unresolved)
        ranks = {unit: place + 1 for members in order.values() for place, unit in enumerate(members)}
        grades = self.grades(order, unresolved)
        outcomes = {row["unit"]: [] for row in rows}
        for outcome in self.plan["outcomes"]:
            for unit in outcomes:
                if self.gets(outcome["id"], unit, order, ranks, grades):
                    outcomes[unit].append(outcome["id"])
        decimals = self.plan["ranking"]["decimals"]
        return {
            "mode": self.mode,
            "units": [{
                "unit": row["unit"], "category": row["category"], "total": rounded(row["total"], 6),
                "published": rounded(row["total"], decimals), "rank": ranks[row["unit"]],
                "grade": grades.get(row["unit"]), "outcomes": outcomes[row["unit"]], "list": None,
                "periods": [{"period": p["period"], "total": rounded(p["total"], 6), "bonus": shortest(p["bonus"]),
                             "deduction": shortest(p["deduction"]), "components": [written(c) for c in p["components"]]}
                            for p in row["periods"]],
            } for row in rows],
            "ties": ties, "unresolved_ties": unresolved, "missing": set(self.missing),
        }

    # ---- order

    def tie_values(self, element, unit):
        if isinstance(element, str):
            def find(nodes):
                for node in nodes:
                    if node["component"] == element:
                        return node["score"]
                    inner = find(node["children"])
                    if inner is not None:
                        return inner
                return None
            return self.combined([find(p["components"]) or F(0) for p in self.rows[unit]["periods"]])
        marks = [t["counts"] for t in self.of("tallies", component=element["component"], unit=unit)]
        together = sum(sum(m.values()) for m in marks)
        return F(sum(m.get(element["option"], 0) for m in marks), together) if together else F(0)

    def ranked(self, members, category, ties, unresolved):
        """Units of one category, best first; fills in what decided between equals."""
        elements = self.plan["ranking"]["tie_break"]
        lots = [lot["order"] for lot in self.records["lots"] if lot.get("category") == category]
        keys = {u: [self.rows[u]["total"]] + [self.tie_values(e, u) for e in elements] for u in members}
        ordered = sorted(members, key=lambda u: [-value for value in keys[u]])
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and keys[ordered[end]] == keys[ordered[start]]:
                end += 1
            tied = ordered[start:end]
            if len(tied) > 1:
                lot = next((lot for lot in lots if all(u in lot for u in tied)), None)
                if lot:
                    ordered[start:end] = sorted(tied, key=lot.index)
                else:
                    unresolved.append(tied)
            start = end
        for above, below in zip(ordered, ordered[1:]):
            if keys[above][0] != keys[below][0]:
                continue
            decided = next((e for e, a, b in zip(elements, keys[above][1:], keys[below][1:]) if a != b), None)
            if decided is None and any(above in tied and below in tied for tied in unresolved):
                continue
            ties.append({"units": [above, below], "decided_by": decided or "lot"})
        return ordered

    def grades(self, order, unresolved):
        grading = self.plan.get("grading")
        if not grading:
            return {}
        assert grading["scope"] == "category" or len(order) == 1, "grades across categories are not reckoned here"
        given = {}
        for members in order.values():
            n, seats = len(members), []
            for place, grade in enumerate(grading["grades"]):
                exact = n * F(grade["share"]) / 100
                seats.append([int(exact), -(exact - int(exact)), place, grade["id"]])
            left = n - sum(seat[0] for seat in seats)
            for seat in sorted(seats, key=lambda s: s[1:3])[:left]:
                seat[0] += 1
            filled = [grade for count, _, _, grade in seats for _ in range(count)]
            given.update(zip(members, filled))
        return given

    def gets(self, outcome_id, unit, order, ranks, grades):
        outcome = next(o for o in self.plan["outcomes"] if o["id"] == outcome_id)
        traits = self.units[unit].get("traits") or []
        if outcome.get("only") and outcome["only"] not in traits or outcome.get("except") in traits:
            return False
        if self.of("verdicts", unit=unit, outcome=outcome_id):
            return True
        when = outcome.get("when") or {}
        n, rank = len(order[self.units[unit]["category"]]), ranks[unit]
        low = n + 1 - rank
        if "from_top" in when:
            return rank <= when["from_top"]
        if "from_bottom" in when:
            return low <= when["from_bottom"]
        if "only_from_bottom" in when:
            return low == when["only_from_bottom"]
        if "ranks" in when:
            return when["ranks"][0] <= rank <= when["ranks"][1]
        if "ranks_from_bottom" in when:
            return when["ranks_from_bottom"][0] <= low <= when["ranks_from_bottom"][1]
        if "top_share" in when:
            return rank <= max(1, int(n * F(when["top_share"]) / 100))
        if "grade" in when:
            return grades.get(unit) == when["grade"]
        if "outcome" in when:
            history = {}
            for row in self.records["history"]:
                history.setdefault((row["year"], row["unit"]), []).extend(row["outcomes"])
            year = self.plan.get("year") or max((h["year"] for h in self.records["history"]), default=-1) + 1
            earlier = all(when["outcome"] in history.get((year - back, unit), []) for back in range(1, when["years"]))
            return earlier and self.gets(when["outcome"], unit, order, ranks, grades)
        return False


def first_stage(nodes, above=1):
    """The tree without what belongs to stage 2."""
    kept = []
    for node in nodes:
        stage = node.get("stage") or above
        if node.get("children"):
            children = first_stage(node["children"], stage)
            kept += [{**node, "children": children}] if children else []
        elif stage == 1:
            kept.append(node)
    return kept


def written(node):
    return {**node, "score": rounded(node["score"], 6), "children": [written(child) for child in node["children"]]}


def differences(expected, got, path=""):
    """Where a server's result departs from a reckoning, as text. A branch's points are the server's."""
    if path == "" and isinstance(got, dict):
        got = {**got, "missing": {(m["period"], m["component"], m["group"], m["unit"]) for m in got.get("missing", [])}}
    if isinstance(expected, dict) and isinstance(got, dict):
        found = []
        for key in expected.keys() | got.keys():
            if key == "points" and expected.get(key) is None:
                continue
            found += differences(expected.get(key), got.get(key), f"{path}/{key}")
        return found
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [d for i, (e, g) in enumerate(zip(expected, got)) for d in differences(e, g, f"{path}/{i}")]
    return [] if expected == got else [f"{path}: {got!r}, reckoned {expected!r}"]


if __name__ == "__main__":
    # The page's own worked examples keep this file honest.
    assert rounded(F("85.2095239999999"), 6) == "85.209524" and rounded(F(-1, 2), 0) == "-1" and rounded(F("-0.0001"), 2) == "0.00"
    SATISFACTION = {"id": "s", "options": [{"id": "good", "value": "90"}, {"id": "fair", "value": "70"}, {"id": "poor", "value": "50"}]}

    def survey(name, points, groups, **more):
        return {"id": name, "points": points, "method": {"kind": "survey", "scale": "s", "out_of": "100", "groups": groups, **more}}
    yuanba = {
        "format": 1, "total": "100", "categories": [{"id": "dept"}], "units": [{"id": "u", "category": "dept"}], "scales": [SATISFACTION],
        "periods": [{"id": "year"}], "combine": "mean",
        "components": [survey("public", "40", [{"group": "p"}], pooled=True),
                       survey("internal", "30", [{"group": "leaders", "weight": "50"}, {"group": "staff", "weight": "50"}]),
                       survey("external", "30", [{"group": "e", "weight": "1"}])],
        "adjustments": [{"id": "c", "sign": "bonus", "levels": [{"id": "d", "points": "5"}]}, {"id": "v", "sign": "deduction", "range": {"min": "0", "max": "100"}}],
        "ranking": {"decimals": 2, "tie_break": []}, "grading": None, "outcomes": []}

    def tally(component, group, good, fair, poor):
        return {"period": "year", "component": component, "group": group, "unit": "u", "criterion": None, "counts": {"good": good, "fair": fair, "poor": poor}}
    result = Reckoning(yuanba, {
        "tallies": [tally("public", "p", 20, 6, 4), tally("internal", "leaders", 5, 2, 0), tally("internal", "staff", 18, 9, 3), tally("external", "e", 41, 8, 1)],
        "adjustments": [{"period": "year", "rule": "c", "unit": "u", "level": "d"}, {"period": "year", "rule": "v", "unit": "u", "points": "2.5"}]}).reckon()
    assert result["units"][0]["total"] == "85.209524" and result["units"][0]["published"] == "85.21", result
    jingbian = Reckoning({**yuanba, "components": [], "units": [{"id": f"u{i}", "category": "dept"} for i in range(27)], "grading": {
        "scope": "category", "grades": [{"id": g, "share": s} for g, s in (("a", "20"), ("b", "40"), ("c", "30"), ("d", "10"))]}}, {}, "provisional").reckon()
    seats = [u["grade"] for u in jingbian["units"]]
    assert [seats.count(g) for g in "abcd"] == [5, 11, 8, 3], seats
    print("the page's worked examples come out as it says")
