#!/usr/bin/env python3
"""Writes data folders for the race of the reports: all of it invented, the same in every run.

registry.py long FOLDER PROGRAMMES  programmes of about 620 rows of table each
registry.py many FOLDER PROGRAMMES  programmes of unlike sizes
"""

import pathlib
import random
import sys
from decimal import Decimal

CITIES = [
    ("vinh", "Vinh", "18.67337", "105.69232"),
    ("tra-vinh", "Trà Vinh", "9.93470", "106.34530"),
    ("hai-duong", "Hải Dương", "20.94099", "106.33302"),
    ("da-nang", "Đà Nẵng", "16.06778", "108.22083"),
    ("quy-nhon", "Quy Nhơn", "13.77648", "109.22367"),
    ("hue", "Huế", "16.46190", "107.59546"),
]
WORK = [
    ("Đào tạo cán bộ đô thị về lập kế hoạch có sự tham gia", "Training of city officials in participatory planning"),
    ("Khảo sát hộ gia đình về phân loại rác tại nguồn", "Household survey on the sorting of waste"),
    ("Hội thảo tham vấn cộng đồng và công bố quy hoạch", "Workshop with communities, publication of the plan"),
    ("Xây dựng công trình thí điểm giảm ngập, kể cả giám sát", "Pilot works against flooding, with supervision"),
    ("Tài trợ nhỏ cho sáng kiến của các tổ dân phố", "Small grants for initiatives of neighbourhoods"),
    ("Thuê chuyên gia thuỷ lợi và thích ứng khí hậu", "Experts in water works and climate adaptation"),
    ("Truyền thông, ấn phẩm và biển hiệu công trình", "Communication, publications and signs"),
    ("Kiểm toán độc lập và đánh giá giữa kỳ", "Independent audit and mid-term evaluation"),
]
PAID = [
    ("Khoá đào tạo", "Training course"),
    ("Phiếu khảo sát hộ gia đình", "Household survey"),
    ("Thuê hội trường", "Rent of a hall"),
    ("Vật tư chống ngập", "Materials against flooding"),
    ("Tài trợ nhỏ", "Small grants"),
    ("Chuyên gia thuỷ lợi", "Experts in water works"),
    ("In ấn, biển hiệu", "Printing, signs"),
    ("Phí kiểm toán", "Audit fees"),
]
RESULTS = [
    ("Người dân có tiếng nói trong quản lý đô thị", "Citizens have a say in how their city is run"),
    ("Cán bộ được đào tạo áp dụng điều đã học", "Trained officials use what they learnt"),
    ("Chất thải và ngập úng giảm ở khu thí điểm", "Less waste and flooding in the pilot areas"),
    ("Hộ nghèo được vay vốn sửa nhà", "Poor households borrow to mend their houses"),
]
INDICATORS = [
    ("Số hộ phân loại rác tại nguồn", "Households that sort their waste", "hộ", "households"),
    ("Số cán bộ hoàn thành khoá đào tạo", "Officials who completed a course", "người", "people"),
    ("Diện tích bề mặt thấm nước mới", "New surface that lets water in", "mét vuông", "square metres"),
]
FUNDERS = [("RACE-FUNDER-A", "CAD"), ("RACE-FUNDER-B", "EUR")]


def text(vi: str, en: str) -> str:
    return f'{{ vi = "{vi}", en = "{en}" }}'


def amount(dice: random.Random, most: int) -> str:
    return f"{Decimal(dice.randrange(most * 20, most * 100)) / 100:.2f}"


def day(dice: random.Random, year: int) -> str:
    return f"{year}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"


def shared() -> list[str]:
    lines = ["illustrative = true"]
    lines += ["", "[[document]]", 'code = "race"', f"title = {text('Dữ liệu đặt ra để đo', 'Data made up to measure')}", 'category = "other"', 'language = "vi"']
    organisations = [
        ("ACVN", "national_ngo", "VN", "Hiệp hội các đô thị Việt Nam", "Association of Cities of Vietnam"),
        ("RACE-FUNDER-A", "government", "CA", "Nhà tài trợ đặt ra A", "Invented funder A"),
        ("RACE-FUNDER-B", "multilateral", "CA", "Nhà tài trợ đặt ra B", "Invented funder B"),
        ("RACE-UNIVERSITY", "academic", "VN", "Trường đại học đặt ra", "Invented university"),
    ]
    for code, kind, country, vi, en in organisations:
        lines += ["", "[[organisation]]", f'code = "{code}"', f'type = "{kind}"', f'country = "{country}"']
        lines += ["[[organisation.name]]", f'vi = "{vi}"', f'en = "{en}"']
    for code, name, latitude, longitude in CITIES:
        lines += ["", "[[local_authority]]", f'code = "{code}"', 'level = "city"', 'country = "VN"']
        lines += [f'latitude = "{latitude}"', f'longitude = "{longitude}"', f"name = [{text(name, name)}]"]
    for currency, rate in (("CAD", 18_000), ("EUR", 26_000)):
        for n, year in enumerate(range(2021, 2026)):
            lines += ["", "[[exchange_rate]]", f'base = "{currency}"', 'quote = "VND"', f'date = "{year}-01-02"']
            lines += [f'rate = "{rate + 150 * n}"', f"source = {text('Tỷ giá đặt ra', 'Invented rate')}"]
    return lines


def programme(code: str, title: tuple[str, str], dice: random.Random, sizes: dict[str, int]) -> list[str]:
    about_vi = "Chương trình đặt ra để đo tốc độ. Các thành phố cùng người dân lập kế hoạch, phân loại rác và giảm ngập, với hai nhà tài trợ và quỹ tài trợ nhỏ cho cộng đồng; không điều gì trong đó có thật."
    about_en = "A programme made up to be measured. Cities plan, sort waste and reduce flooding together with their citizens; nothing of it is real."
    lines = ["illustrative = true", "", "[[programme]]", f'code = "{code}"', 'level = "programme"', f"title = {text(*title)}"]
    lines += [f"description = {text(about_vi, about_en)}", 'reporting_organisation = "ACVN"', 'status = "implementation"']
    lines += ['planned = { from = "2022-01-01", to = "2025-12-31" }', 'actual = { from = "2022-01-10" }']
    lines += ['sectors = [{ code = "43030", percentage = "60" }, { code = "15112", percentage = "40" }]']
    lines += ['countries = [{ code = "VN", percentage = "100" }]', "sdgs = [11, 13]", 'sources = ["race"]']
    for authority, _, _, _ in CITIES[: sizes["cities"]]:
        lines += ["", "[[programme.place]]", f'authority = "{authority}"']
    parts = [(f, "funding") for f, _ in FUNDERS] + [("ACVN", "accountable"), ("ACVN", "implementing"), ("RACE-UNIVERSITY", "implementing")]
    for organisation, role in parts:
        lines += ["", "[[programme.participation]]", f'organisation = "{organisation}"', f'role = "{role}"']
    for n, (funder, currency) in enumerate(FUNDERS, 1):
        lines += ["", "[[programme.agreement]]", f'code = "agr-{n}"', f'funder = "{funder}"', 'recipient = "ACVN"']
        lines += [f"title = {text(f'Thoả thuận tài trợ {n}', f'Grant agreement {n}')}", f'reference = "RACE/{n}"', 'signed = "2021-12-15"']
        lines += ['from = "2022-01-01"', 'to = "2025-12-31"', f'ceiling = "9000000.00 {currency}"', 'rate_rule = "transaction_date"']
    for n in range(sizes["lines"]):
        vi, en = WORK[n % len(WORK)]
        city = CITIES[n // len(WORK) % len(CITIES)][1]
        which = n % 2
        lines += ["", "[[programme.budget_line]]", f'number = "{n // 8 + 1}.{n % 8 + 1}"', f"title = {text(f'{vi}, {city}', f'{en}, {city}')}"]
        lines += [f'agreement = "agr-{which + 1}"', 'type = "original"', 'status = "committed"', 'from = "2022-01-01"', 'to = "2025-12-31"']
        lines += [f'value = "{amount(dice, 60_000)} {FUNDERS[which][1]}"', "eligible = true"]
    for n in range(sizes["transactions"]):
        line = dice.randrange(max(sizes["lines"], 1))
        vi, en = PAID[line % len(PAID)]
        city = CITIES[dice.randrange(len(CITIES))][1]
        which = line % 2
        year = 2022 + n * 4 // sizes["transactions"]
        money = f"{dice.randrange(20, 9_000) * 100_000} VND" if n % 3 == 0 else f"{amount(dice, 9_000)} {FUNDERS[which][1]}"
        lines += ["", "[[programme.transaction]]", f'code = "t-{n + 1:04}"', 'type = "expenditure"', f'date = "{day(dice, year)}"']
        lines += [f'value = "{money}"', f'agreement = "agr-{which + 1}"']
        if n % 12 == 0:
            lines += ['provider = "ACVN"', 'receiver = "RACE-UNIVERSITY"']
        if sizes["lines"]:
            lines += [f'budget_line = "{line // 8 + 1}.{line % 8 + 1}"']
        lines += [f"description = {text(f'{vi}, {city}, đợt {n % 5 + 1}', f'{en}, {city}, part {n % 5 + 1}')}", f'voucher = "PC-{year}-{n + 1:04}"']
    for n in range(sizes["results"]):
        lines += ["", "[[programme.result]]", f'number = "{n + 1}"', 'level = "output"', f"title = {text(*RESULTS[n % len(RESULTS)])}"]
        for i in range(1 + n % 3):
            vi, en, unit_vi, unit_en = INDICATORS[(n + i) % len(INDICATORS)]
            lines += ["", "[[programme.result.indicator]]", f'number = "{n + 1}.{"abc"[i]}"', f"title = {text(vi, en)}", 'measure = "unit"']
            lines += [f"unit = {text(unit_vi, unit_en)}", "cumulative = true", "ascending = true"]
            lines += [f"verification = {text('Khảo sát và danh sách', 'Survey and lists')}", 'baseline = { value = 0, on = "2022-01" }']
            women = men = 0
            for year in range(2022, 2025):
                women, men = women + dice.randrange(20, 400), men + dice.randrange(20, 400)
                lines += ["", "[[programme.result.indicator.period]]", f'from = "{year}-01-01"', f'to = "{year}-12-31"']
                lines += [f"target = {{ value = {400 * (year - 2021)} }}", f'actual = {{ value = {women + men}, on = "{year}-12", breakdown = [']
                lines += [f'  {{ by = "sex", category = "women", value = {women} }},', f'  {{ by = "sex", category = "men", value = {men} }},', "] }"]
    for n in range(sizes["risks"]):
        lines += ["", "[[programme.risk]]", f'code = "r-{n + 1}"', f"title = {text('Mùa mưa làm chậm thi công', 'The rains delay the works')}"]
        lines += ['likelihood = "medium"', 'impact = "high"', f"mitigation = {text('Đấu thầu trong mùa khô.', 'Tender in the dry season.')}"]
        lines += ['owner = "ACVN"', 'status = "open"']
    return lines


def write(path: pathlib.Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    what, folder, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "shared.toml", shared())
    for n in range(count):
        if what == "long":
            sizes = {"cities": 6, "lines": 70, "transactions": 440, "results": 9, "risks": 6}
            dice, code = random.Random(7_000 + n), f"RACE-LONG-{n + 1:02}"
        elif what == "many":
            dice, code = random.Random(n), f"RACE-{n + 1:04}"
            sizes = {"cities": dice.randrange(1, 7), "lines": dice.randrange(4, 40), "transactions": dice.randrange(10, 120)}
            sizes |= {"results": dice.randrange(2, 12), "risks": dice.randrange(0, 6)}
        else:
            sys.exit(__doc__)
        city = CITIES[n % len(CITIES)][1]
        title = (f"Chương trình đo {n + 1}: {city} xanh cùng người dân", f"Measured programme {n + 1}: a green {city} with its citizens")
        write(folder / f"{code.lower()}.toml", programme(code, title, dice, sizes))


if __name__ == "__main__":
    main()
