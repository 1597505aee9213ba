"""The figures of PromisesIT, from the files of data-samples alone, with formulas of their own.

   python3 jobs/src/test/py/promises_by_hand.py

What is read: capacity/, gpus/, sites/, deals/, bars/, shares/. Nothing of the program is used.
"""
import csv
import gzip
import json
from datetime import date, timedelta
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[4] / "data-samples"
AS_OF = date(2026, 4, 9)


def day(text):
    return date.fromisoformat(text) if text else None


def ends(value):
    return (value["low"], value["high"]) if value else None


# Commitments: the last of each field that a version states, up to AS_OF.
versions = json.loads((SAMPLES / "capacity/commitments.json").read_text())
known = {}
for row in sorted(versions, key=lambda v: v["known_date"]):
    if day(row["known_date"]) <= AS_OF:
        before = known.get(row["commitment_id"], {})
        status = before.get("status", "signed") if row["status"] == "amended" else row["status"]
        promised = before.get("promised", row["known_date"])
        known[row["commitment_id"]] = {**before, **row, "status": status, "promised": promised}

gpus = {g["gpu_model"]: ends(g["kw_per_gpu"]) for g in json.loads((SAMPLES / "gpus/gpus.json").read_text())}


def power(c):
    if "power_gw" in c:
        return ends(c["power_gw"])
    if "gpus" in c and c["gpu_model"] in gpus:
        n, kw = ends(c["gpus"]), gpus[c["gpu_model"]]
        return (n[0] * kw[0] / 1e6, n[1] * kw[1] / 1e6)
    return None


# 1. Dollars under signed contract, and those whose power nobody states.
signed = [c for c in known.values() if c["status"] == "signed"]


def dollars(rows):
    return [sum(ends(c["value_usd"])[i] for c in rows if "value_usd" in c) / 1e9 for i in (0, 1)]


total, silent = dollars(signed), dollars([c for c in signed if power(c) is None])
print("signed commitments", len(signed), "billion USD", total)
print("  without GW, billion", silent, "share", [s / t for s, t in zip(silent, total)])
rest = dollars([c for c in signed if c["provider"] != "Oracle"])
print("  share without Oracle's 300 billion", [s / t for s, t in zip(silent, rest)])


# 2. What is online on a day, by stated dates alone and without options (GW, mid).
def share(d, first, full, ramp):
    if d < first:
        return 0.0
    if d >= full:
        return 1.0
    u = ((d - first).days + 1) / ((full - first).days + 1)
    return {"linear": u, "step": 0.0, "s-curve": u * u * (3 - 2 * u)}[ramp]


def online(c, d, assumed=False):
    """By stated dates; assumed: with a ramp that begins on the day of the promise."""
    p = power(c)
    if p is None:
        return 0.0
    mid = (p[0] + p[1]) / 2
    first, full = day(c.get("first_power_date")), day(c.get("full_power_date"))
    if "milestones" not in c:
        if full is None:
            return 0.0
        if first is None and not assumed:
            return mid if d >= full else 0.0
        return mid * share(d, first or day(c["promised"]), full, c.get("ramp", "linear"))
    gw, reached, start = 0.0, 0.0, first
    for m in c["milestones"]:
        part, reached = min(m["gw"], mid) - reached, min(m["gw"], mid)
        until = day(m.get("date"))
        if m["kind"] != "option" and until:
            begin = min(start or until, until)
            stated = start is not None
            ramp = c.get("ramp", "linear") if stated else "step"
            gw += part * share(d, begin, until, ramp)
        start = until + timedelta(days=1) if until else start
    return gw


def of(provider, customer):
    return next(c for c in known.values() if (c["provider"], c["customer"]) == (provider, customer))


for provider, customer, days in [
    ("AMD", "OpenAI", ["2026-09-30", "2026-12-31", "2030-12-31"]),
    ("AMD", "Meta", ["2026-09-30", "2026-12-31", "2030-12-31"]),
    ("Cipher Mining", "Amazon", ["2026-06-30", "2026-09-30", "2026-12-31"]),
    ("Amazon", "Anthropic", ["2025-03-31", "2025-06-30", "2025-12-31", "2026-03-31"]),
]:
    print(provider, "for", customer, [round(online(of(provider, customer), day(d)), 6) for d in days])
for provider in ("CoreWeave", "Nebius"):
    c = of(provider, "undisclosed")
    print(provider, "s-curve, assumed", [(y, round(online(c, date(y, 12, 31), True), 6)) for y in range(2026, 2031)],
          "stated in 2029, 2030", online(c, date(2029, 12, 31)), online(c, date(2030, 12, 31)))
print("signed online at the end of 2026, GW", round(sum(online(c, date(2026, 12, 31)) for c in signed), 6))

# 3. OpenAI and AWS: 38 billion over 7 years for 0.9 to 1.1 GW, 1.833 to 2.383 kW a GPU.
kw = gpus["GB200/GB300"]
gw = (0.9, 1.0, 1.1)
mid_kw = (kw[0] + kw[1]) / 2
n = (gw[0] * 1e6 / kw[1], gw[1] * 1e6 / mid_kw, gw[2] * 1e6 / kw[0])
hours = 7 * 8766
print("GPUs", [round(x) for x in n], "USD a GPU-hour", [round(38e9 / hours / x, 4) for x in reversed(n)])
first, full = date(2025, 11, 3), date(2026, 12, 31)
term = round(7 * 365.25)
mean = sum(share(first + timedelta(days=i), first, full, "linear") for i in range(term)) / term
print("USD a GW-year, flat", 38 / 7, "over its ramp", 38 / 7 / mean, "mean share", mean)
print("value over the article's cost", 38 / 50 / 1.1, 38 / 40 / 0.9)
iren, oracle = 9.7 / 5 / 0.2, 300 / 5 / 4.5
print("GW at the price of Oracle's and IREN's contracts", 38 / 7 / oracle, 38 / 7 / iren, (oracle, iren))
print("openai-amazon 2026: increment, billion", (100 - 38, 138 - 38), "for 2 GW")

# 4. Published costs of a GW: the newest estimate of each site and publisher.
newest = {}
for name in ("epoch-ai.csv", "cost-of-1-gw.csv"):
    for r in csv.DictReader((SAMPLES / "sites" / name).open()):
        key = (r["publisher"], r["site"])
        if float(r["power_gw"] or 0) > 0 and r["capex_usd"] and r["as_of"] >= newest.get(key, {"as_of": ""})["as_of"]:
            newest[key] = r
costs = sorted(float(r["capex_usd"]) / float(r["power_gw"]) for r in newest.values())
print("published estimates", len(costs), "below 40 billion", sum(c < 40e9 for c in costs))

# 5. Net gain of the Broadcom and Google deal, and Amazon's of 2026-02-27: the market model on 250
# returns of closes that end 11 days before, other events kept; Student's t, normal errors.
closes = {}
for f in sorted((SAMPLES / "bars").glob("us-equities-*.csv.gz")):
    for r in csv.DictReader(gzip.open(f, "rt")):
        closes.setdefault(r["instrument_id"], {})[r["trade_date"]] = float(r["close"])
for ticker in ("AMZN", "SPY"):
    for r in csv.DictReader((SAMPLES / f"bars/yahoo/{ticker}.csv").open()):
        closes.setdefault(ticker, {})[r["Date"]] = float(r["Close"])
counts = {}
for name in ("shares-outstanding", "weighted-average-diluted"):
    for r in csv.DictReader((SAMPLES / f"shares/{name}.csv").open()):
        counts.setdefault(r["instrument_id"], []).append((r["effective_date"], r["known_date"], float(r["shares"])))
sessions = sorted(closes["SPY"])


def measured(ticker, event):
    i = sessions.index(event)
    ret = lambda t, j: closes[t][sessions[j]] / closes[t][sessions[j - 1]] - 1
    days = range(i - 260, i - 10)
    x, y = [ret("SPY", j) for j in days], [ret(ticker, j) for j in days]
    mx, my = sum(x) / 250, sum(y) / 250
    sxx = sum((a - mx) ** 2 for a in x)
    beta = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sxx
    residuals = [b - my - beta * (a - mx) for a, b in zip(x, y)]
    xe = ret("SPY", i)
    shares = max(c for c in counts[ticker] if c[1] < event)[2]
    usd = closes[ticker][sessions[i - 1]] * shares / 1e9
    return (ret(ticker, i) - my - beta * (xe - mx)) * usd, residuals, 1 + 1 / 250 + (xe - mx) ** 2 / sxx, usd


def net(tickers, event):
    parts = [measured(t, event) for t in tickers]
    mean = sum(p[0] for p in parts)
    variance = sum(
        p[3] * q[3] * p[2] * sum(a * b for a, b in zip(p[1], q[1])) / 248 for p in parts for q in parts)
    half = 1.9695757 * variance ** 0.5  # Student's t, 248 degrees of freedom, 97.5 %
    return mean, mean - half, mean + half


print("Anthropic-Google-Broadcom, billion USD", net(["AVGO", "GOOGL"], "2026-04-07"))
gain = net(["AMZN"], "2026-02-27")[0]
print("openai-amazon 2026, billion USD", gain, "a GW", gain / 2, "a dollar of 81 billion", gain / 81)

# 6. Amazon's value at the end of 2025 over the GW it had signed: OpenAI's 1.
last = max(d for d in closes["AMZN"] if d <= "2025-12-31")
shares = max(c for c in counts["AMZN"] if c[1] < last)[2]
print("Amazon 2025Q4, USD a GW", closes["AMZN"][last] * shares, "on", last)
