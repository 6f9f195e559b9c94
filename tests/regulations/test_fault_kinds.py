"""Whatever is wrong with a regulation file is refused with its line, its key and what was expected."""

from pathlib import Path

import pytest

from bot.commands.check import check
from bot.places import regulations_dir
from bot.regulations.loader import parse, remarks
from bot.values.language import Language
from bot.words import words_of
from tests.regulations.example import example, faults_of

WRITTEN = "body.chi_uy.written"
DUE = 'periods = ["quarter", "year"]'
TWICE = """[[body.chi_uy.written.own_threshold]]
matters = ["important", "coordination"]
at_least = "3/4"
of = "members"
article = "6.4"

[[body.chi_uy.written.own_threshold]]
matters = ["important"]
grounds = ["cannot_meet"]
at_least = "2/3"
of = "members"
article = "6.4"

[body.chi_uy.written.silence]"""
OWN = '[[matter]]\nid = "dao_tao"\nwords = "đào tạo"\n\n[common.receipt]'
OWN_GROUND = OWN.replace("matter", "ground")
BECAUSE = (
    f'[{WRITTEN}.second_round]\nasks = "all"\narticle = "6.4"\n'
    'because = { tie = { article = "6.4" } }'
)
SILENCE = f"[{WRITTEN}.silence]"
CASES: list[tuple[str, str, str, str, str]] = [
    # kind, what is written there, what is written instead, key, text of the faulty line
    ("syntax", 'title = "Quy', "title = Quy", "", "title = Quy"),
    ("unknown_key", "heads =", "heds =", "body.chi_uy.heds", "heds ="),
    (
        "missing_on_top",
        'title = "Quy chế làm việc của Chi ủy Trường Thực hành"',
        "",
        "",
        "format = 1",
    ),
    ("format_newer", "format = 1", "format = 2", "format", "format = 2"),
    ("format_unknown", "format = 1", "format = true", "format", "format = true"),
    ("format_unknown", "format = 1", 'format = "1"', "format", 'format = "1"'),
    ("format_unknown", "format = 1", "format = 0", "format", "format = 0"),
    (
        "outside_weights",
        'name = "Chi ủy"',
        'name = "Chi ủy"\nweights = true',
        "body.chi_uy.weights",
        "weights",
    ),
    (
        "outside_weights",
        'more_than = "1/2"\nof = "members"',
        'more_than = "1/2"\nof = "shares"',
        f"{WRITTEN}.threshold.of",
        "shares",
    ),
    (
        "outside_proxies",
        'name = "Chi ủy"',
        'name = "Chi ủy"\nproxies = true',
        "body.chi_uy.proxies",
        "proxies",
    ),
    (
        "outside_recusal",
        'name = "Chi ủy"',
        'name = "Chi ủy"\nrecusal = { article = "4.5", out_of_base = true }',
        "body.chi_uy.recusal",
        "recusal",
    ),
    (
        "outside_joint",
        'name = "Chi ủy"',
        'name = "Chi ủy"\njointly_with = []',
        "body.chi_uy.jointly_with",
        "jointly",
    ),
    ("missing_key", 'heads = ["secretary", "deputy"]\n', "", "body.chi_uy", "[body.chi_uy]"),
    ("wrong_type", "value = 2\n", 'value = "hai"\n', "common.suggested_days.value", '"hai"'),
    ("wrong_type", "value = 2\n", "value = true\n", "common.suggested_days.value", "true"),
    ("unknown_id", '"delivered"', '"sent"', "common.receipt.value", '"sent"'),
    (
        "seat_unknown",
        'id = "CU-M2"',
        'id = "CU-M2"\ngroups = [{ name = "nữ", seats = ["women"], article = "5.3" }]',
        "body.chi_uy.meetings.quorum.groups.0.seats.0",
        "women",
    ),
    (
        "least_above_own",
        'clock = "deadline"',
        'clock = "recipient"\nworking_days = 5\narticle = "6.3"\nleast_days = { value = 6, article = "6.3" }',
        f"{WRITTEN}.window.least_days",
        "least_days",
    ),
    ("office_without_words", 'member = "2"', 'chairman = "2"', "offices.chairman", "chairman"),
    (
        "office_unknown",
        "[common.receipt]",
        '[words.office]\nchairman = "Chủ tịch"\n\n[common.receipt]',
        "words.office.chairman",
        "chairman",
    ),
    (
        "words_twice",
        "[common.receipt]",
        '[words.matter]\ngeneral = "Ngân sách"\nimportant = "ngân sách"\n\n[common.receipt]',
        "words.matter.important",
        "important",
    ),
    (
        "spoken_form",
        "[common.receipt]",
        '[words]\naddress = "<b>Ông</b>"\n\n[common.receipt]',
        "words.address",
        "address",
    ),
    (
        "unknown_id",
        "[common.receipt]",
        '[words.matter]\nbudget = "ngân sách"\n\n[common.receipt]',
        "words.matter.budget",
        "budget",
    ),
    (
        "unknown_id",
        'outcome = "adopted"',
        'outcome = "won"',
        f"{WRITTEN}.rulings.enough.outcome",
        "won",
    ),
    ("unknown_id", '"general"', '"generl"', f"{WRITTEN}.matters.0", "generl"),
    ("unknown_id", "{ cannot_meet", "{ cant_meet", f"{WRITTEN}.grounds.cant_meet", "cant_meet"),
    (
        "second_round_asks",
        SILENCE,
        f"{BECAUSE}\n{SILENCE}".replace('"all"', '"differing"'),
        f"{WRITTEN}.second_round.because.tie",
        "because",
    ),
    (
        "second_round_tie",
        f'article = "6.4"\n\n{SILENCE}',
        f'article = "6.4"\ntie = {{ goes_to = "head", article = "6.4" }}\n{BECAUSE}\n{SILENCE}',
        f"{WRITTEN}.second_round.because.tie",
        "because",
    ),
    (
        "second_round_short",
        'clock = "deadline"',
        'clock = "deadline"\nleast_days = { value = 3, article = "6.3" }\n'
        f'{BECAUSE}\nanswer_days = {{ value = 2, article = "6.4" }}',
        f"{WRITTEN}.second_round.answer_days",
        "answer_days",
    ),
    (
        "second_round_short",
        'clock = "deadline"',
        'clock = "deadline"\nleast = { hours = 49, article = "6.3" }\n'
        f'{BECAUSE}\nanswer_days = {{ value = 2, article = "6.4" }}',
        f"{WRITTEN}.second_round.answer_days",
        "answer_days",
    ),
    (
        "missing_key",
        SILENCE,
        f'[{WRITTEN}.second_round]\nasks = "all"\narticle = "6.4"\n{SILENCE}',
        f"{WRITTEN}.second_round",
        "second_round",
    ),
    (
        "missing_key",
        SILENCE,
        f"{BECAUSE}\n{SILENCE}".replace("tie", "opposed"),
        f"{WRITTEN}.second_round.because.opposed",
        "opposed",
    ),
    (
        "out_of_range",
        SILENCE,
        f'{BECAUSE}\nwithin = {{ value = 0, article = "6.4" }}\n{SILENCE}',
        f"{WRITTEN}.second_round.within.value",
        "within",
    ),
    (
        "matter_unused",
        SILENCE,
        f"{BECAUSE}\n{SILENCE}".replace("tie = {", 'tie = { matters = ["personnel"],'),
        f"{WRITTEN}.second_round.because.tie.matters.0",
        "personnel",
    ),
    ("unknown_id", '"not_counted"', '"maybe"', f"{WRITTEN}.silence.means", "maybe"),
    ("own_id_form", "[common.receipt]", OWN.replace("dao_tao", "Đào tạo"), "matter.0.id", "id ="),
    ("own_id_known", "[common.receipt]", OWN.replace("dao_tao", "general"), "matter.0.id", "id ="),
    (
        "own_id_twice",
        "[common.receipt]",
        f"{OWN_GROUND.replace('[common.receipt]', '')}{OWN_GROUND.replace('đào tạo', 'bồi dưỡng')}",
        "ground.1.id",
        "id =",
    ),
    (
        "missing_key",
        "[common.receipt]",
        OWN.replace('words = "đào tạo"\n', ""),
        "matter.0",
        "[[matter]]",
    ),
    (
        "words_twice",
        "[common.receipt]",
        f'[words.ground]\ncannot_meet = "Đào tạo"\n\n{OWN_GROUND}',
        "ground.0.words",
        "đào tạo",
    ),
    ("matter_unplaced", "[common.receipt]", OWN, f"{WRITTEN}.matters", "matters"),
    ("out_of_range", "value = 17", "value = 24", "common.day_ends_at.value", "24"),
    ("out_of_range", "value = 2\n", "value = 0\n", "common.suggested_days.value", "value = 0"),
    ("empty", 'heads = ["secretary", "deputy"]', "heads = []", "body.chi_uy.heads", "heads"),
    ("empty", 'name = "Chi ủy"', 'name = ""', "body.chi_uy.name", 'name = ""'),
    ("fraction_form", '"1/2"', '"0.66"', f"{WRITTEN}.threshold.more_than", "0.66"),
    ("fraction_form", '"1/2"', '"50%"', f"{WRITTEN}.threshold.more_than", "50%"),
    ("fraction_impossible", '"1/2"', '"0/1"', f"{WRITTEN}.threshold.more_than", "0/1"),
    ("fraction_impossible", '"1/2"', '"3/2"', f"{WRITTEN}.threshold.more_than", "3/2"),
    ("fraction_impossible", '"1/2"', '"1/0"', f"{WRITTEN}.threshold.more_than", "1/0"),
    ("fraction_impossible", '"1/2"', '"1/1"', f"{WRITTEN}.threshold.more_than", "1/1"),
    (
        "fraction_impossible",
        'more_than = "1/2"',
        'more_than = "1/2"\nanswers = { more_than = "1/1", article = "6.3" }',
        f"{WRITTEN}.threshold.answers.more_than",
        "1/1",
    ),
    (
        "share_bounds",
        'more_than = "1/2"',
        'more_than = "1/2"\nat_least = "1/2"',
        f"{WRITTEN}.threshold",
        "threshold",
    ),
    ("share_bounds", 'more_than = "1/2"\n', "", f"{WRITTEN}.threshold", "threshold"),
    ("article_form", '"3.2, 4.1"', '"Điều 3"', "body.chi_uy.head_article", "Điều 3"),
    ("name_form", '"chi_uy"', '"Chi ủy"', "id", "Chi ủy"),
    ("row_form", "[duty.CU-R1]", "[duty.report]", "duty.report", "duty.report"),
    (
        "citation_missing",
        'value = 2\narticle = "6.3"',
        "value = 2",
        "common.suggested_days",
        "sugg",
    ),
    ("assumption_unnamed", 'setting = "receipt"\n', "", "common.receipt", "receipt"),
    (
        "assumption_unnamed",
        'note = "Quy chế không nói thế nào là đã nhận được văn bản."\n',
        "",
        "common.receipt",
        "receipt",
    ),
    (
        "setting_of_cited",
        'value = 2\narticle = "6.3"',
        'value = 2\narticle = "6.3"\nsetting = "days"',
        "common.suggested_days",
        "suggested_days",
    ),
    (
        "setting_twice",
        'setting = "report_due"',
        'setting = "receipt"',
        "common.report_due.setting",
        'setting = "receipt"',
    ),
    ("matter_unplaced", '"important", ', "", f"{WRITTEN}.matters", "matters"),
    (
        "matter_twice",
        '["appraisal"]',
        '["appraisal", "general"]',
        f"{WRITTEN}.excluded.1.matters.1",
        "general",
    ),
    (
        "ground_missing",
        'grounds = { cannot_meet = { article = "6.1" } }\n',
        "",
        f"{WRITTEN}.grounds",
        "written",
    ),
    (
        "forbidden_and_grounds",
        "[body.chi_uy.written.silence]",
        '[body.chi_uy.written.forbidden]\narticle = "6"\nbecause = "x"\ninstead = "y"\n'
        "[body.chi_uy.written.silence]",
        f"{WRITTEN}.forbidden",
        "forbidden",
    ),
    (
        "written_part_missing",
        '[body.chi_uy.written.window]\nclock = "deadline"\n',
        "",
        WRITTEN,
        "written",
    ),
    (
        "ground_unused",
        "[body.chi_uy.written.window]",
        '[body.chi_uy.written.silence.covers.not_complex]\nvalue = false\narticle = "6"\n'
        "[body.chi_uy.written.window]",
        f"{WRITTEN}.silence.covers.not_complex",
        "not_complex",
    ),
    (
        "matter_unused",
        "[body.chi_uy.written.window]",
        '[body.chi_uy.written.silence.asks.personnel]\nvalue = true\narticle = "6"\n'
        "[body.chi_uy.written.window]",
        f"{WRITTEN}.silence.asks.personnel",
        "personnel",
    ),
    (
        "threshold_missing",
        '[body.chi_uy.written.threshold]\nmore_than = "1/2"\nof = "members"\narticle = "6.4"\n',
        "",
        WRITTEN,
        "written",
    ),
    (
        "ruling_half",
        'failed = { outcome = "not_adopted", next = "none", article = "6.4" }',
        'failed = { outcome = "not_adopted", next = "none", article = "6.4", '
        'otherwise = { outcome = "to_meeting", next = "to_meeting", article = "6.4" } }',
        f"{WRITTEN}.rulings.failed",
        "failed",
    ),
    (
        "second_round_missing",
        'failed = { outcome = "not_adopted", next = "none", article = "6.4" }',
        'failed = { outcome = "not_adopted", next = "none", article = "6.4", '
        'applies = { value = true, article = "6.4" }, '
        'otherwise = { outcome = "discuss_again", next = "second_round", article = "6.4" } }',
        f"{WRITTEN}.rulings.failed.otherwise.next",
        "otherwise",
    ),
    (
        "least_form",
        'article = "6.4"\n',
        'article = "6.4"\nin_favour = { number = 3, at_least = "1/3", article = "6.4" }\n',
        f"{WRITTEN}.threshold.in_favour",
        "in_favour",
    ),
    (
        "least_form",
        'article = "6.4"\n',
        'article = "6.4"\nanswers = { article = "6.4" }\n',
        f"{WRITTEN}.threshold.answers",
        "answers",
    ),
    (
        "out_of_range",
        'article = "6.4"\n',
        'article = "6.4"\nin_favour = { number = 1000, article = "6.4" }\n',
        f"{WRITTEN}.threshold.in_favour.number",
        "1000",
    ),
    (
        "tie_leaves_none",
        'more_than = "1/2"\nof = "members"\narticle = "6.4"\n',
        'at_least = "1/2"\nof = "members"\narticle = "6.4"\ntie = { goes_to = "head", article = "6.4" }\n',
        f"{WRITTEN}.threshold.tie",
        "tie",
    ),
    (
        "tie_leaves_none",
        'more_than = "1/2"\nof = "members"\narticle = "6.4"\n',
        'more_than = "2/3"\nof = "members"\narticle = "6.4"\ntie = { goes_to = "head", article = "6.4" }\n',
        f"{WRITTEN}.threshold.tie",
        "tie",
    ),
    (
        "share_of_replying",
        'share = { at_least = "2/3", of = "members"',
        'share = { at_least = "2/3", of = "replying"',
        "body.chi_uy.meetings.quorum.share.of",
        '"replying"',
    ),
    (
        "threshold_twice",
        "[body.chi_uy.written.silence]",
        TWICE,
        f"{WRITTEN}.own_threshold.1",
        "[[body.chi_uy.written.own_threshold]]",
    ),
    (
        "matter_unused",
        "[body.chi_uy.written.silence]",
        TWICE.replace("coordination", "personnel").replace('["important"]', '["general"]'),
        f"{WRITTEN}.own_threshold.0.matters.1",
        '"personnel"',
    ),
    (
        "silence_twice",
        'means = "not_counted"\narticle = "6.1"\n',
        'means = "not_counted"\narticle = "6.1"\nown = [\n'
        '    { matters = ["general"], means = "consent", article = "6.7" },\n'
        '    { matters = ["important", "general"], means = "abstention", article = "6.8" },\n]\n',
        f"{WRITTEN}.silence.own.1",
        '"abstention"',
    ),
    (
        "objection_without_consent",
        "[body.chi_uy.written.silence]",
        "[body.chi_uy.written.objection]\n"
        'article = "6.8"\nminutes = { value = 0, article = "6.8" }\n\n[body.chi_uy.written.silence]',
        f"{WRITTEN}.objection",
        "[body.chi_uy.written.objection]",
    ),
    (
        "ruling_not_chosen",
        'outcome = "adopted"',
        'outcome = "held"',
        f"{WRITTEN}.rulings.enough.outcome",
        "held",
    ),
    (
        "ruling_not_collated",
        'outcome = "adopted"',
        'outcome = "collated"',
        f"{WRITTEN}.rulings.enough.outcome",
        "collated",
    ),
    ("recipient_days", 'clock = "deadline"', 'clock = "recipient"', f"{WRITTEN}.window", "window"),
    (
        "deadline_days",
        'clock = "deadline"',
        'clock = "deadline"\nworking_days = 7',
        f"{WRITTEN}.window.working_days",
        "working_days",
    ),
    (
        "office_unknown",
        '"secretary", "deputy"',
        '"secretary", "agency"',
        "body.chi_uy.heads.1",
        "agency",
    ),
    (
        "seat_unknown",
        'article = "5.2" }',
        'article = "5.2" }\n[body.chi_uy.meetings.quorum.condition]\nid = "CU-M3"\n'
        'when_absent = ["halftime"]\nmust_attend = ["full_time"]\narticle = "5"\n'
        'reading = { value = "instead", article = "5" }',
        "body.chi_uy.meetings.quorum.condition.when_absent.0",
        "halftime",
    ),
    (
        "body_unknown",
        '{ body = "chi_uy" }',
        '{ body = "chi_bo" }',
        "duty.CU-R1.debtors.0.body",
        "chi_bo",
    ),
    (
        "share_of_present",
        'of = "members"',
        'of = "present"',
        f"{WRITTEN}.threshold.of",
        '"present"',
    ),
    (
        "body_unknown",
        'outcome = "adopted", next = "report_back"',
        'outcome = "to_meeting", next = "to_meeting", body = "chi_bo"',
        f"{WRITTEN}.rulings.enough.body",
        "chi_bo",
    ),
    (
        "body_unused",
        'failed = { outcome = "not_adopted"',
        'failed = { body = "chi_uy", outcome = "not_adopted"',
        f"{WRITTEN}.rulings.failed.body",
        'body = "chi_uy"',
    ),
    (
        "body_missing",
        'outcome = "adopted", next = "report_back"',
        'outcome = "to_standing_committee", next = "standing_committee"',
        f"{WRITTEN}.rulings.enough.next",
        "standing_committee",
    ),
    (
        "actor_unknown",
        "[duty.CU-R1]",
        '[body.chi_uy.meetings.convener]\nid = "CU-M1"\nby = "boss"\narticle = "5"\n[duty.CU-R1]',
        "body.chi_uy.meetings.convener.by",
        "boss",
    ),
    (
        "secret_article",
        "[duty.CU-R1]",
        '[body.chi_uy.meetings.vote]\nid = "CU-M4"\nsecret_matters = ["personnel"]\n'
        'threshold = { more_than = "1/2", of = "members", article = "5" }\n[duty.CU-R1]',
        "body.chi_uy.meetings.vote",
        "vote",
    ),
    (
        "office_days_missing",
        "[duty.CU-R1]",
        '[body.chi_uy.meetings.papers]\nid = "CU-M5"\nto_members = 1\nthrough_office = true\n'
        'extraordinary_exempt = true\narticle = "5"\n[duty.CU-R1]',
        "body.chi_uy.meetings.papers.through_office",
        "through_office",
    ),
    ("due_form", DUE, f'{DUE}\ndue = {{ article = "7" }}', "duty.CU-R1.due", "due"),
    ("day_form", DUE, f'{DUE}\ndue = {{ before = "15-11" }}', "duty.CU-R1.due.before", "15-11"),
    (
        "day_impossible",
        DUE,
        f'{DUE}\ndue = {{ latest = "31/11" }}',
        "duty.CU-R1.due.latest",
        "31/11",
    ),
    ("day_impossible", DUE, f'{DUE}\ndue = {{ latest = "29/2" }}', "duty.CU-R1.due.latest", "29/2"),
    ("day_impossible", DUE, f'{DUE}\ndue = {{ latest = "1/13" }}', "duty.CU-R1.due.latest", "1/13"),
    ("due_period", DUE, f'{DUE}\ndue = {{ latest = "30/11" }}', "duty.CU-R1.due", "due"),
    (
        "span_form",
        'clock = "deadline"',
        'clock = "recipient"\narticle = "6.3"\nworking_days = 3\nhours = 24',
        f"{WRITTEN}.window",
        "[body.chi_uy.written.window]",
    ),
    (
        "span_missing",
        'clock = "deadline"',
        'clock = "deadline"\nsuggested = {}',
        f"{WRITTEN}.window.suggested",
        "suggested",
    ),
    (
        "span_twice",
        'clock = "deadline"',
        'clock = "deadline"\nleast = { hours = 3 }\nleast_days = { value = 1, article = "6.3" }',
        f"{WRITTEN}.window.least",
        "least =",
    ),
    (
        "least_above_own",
        'clock = "deadline"',
        'clock = "recipient"\nhours = 24\narticle = "6.3"\nleast = { hours = 25 }',
        f"{WRITTEN}.window.least",
        "least =",
    ),
    (
        "deadline_days",
        'clock = "deadline"',
        'clock = "deadline"\nhours = 24',
        f"{WRITTEN}.window.hours",
        "hours",
    ),
    ("due_after_form", DUE, f'{DUE}\ndue = {{ after = "meeting" }}', "duty.CU-R1.due", "due"),
    (
        "due_after_form",
        DUE,
        f'{DUE}\ndue = {{ latest = "30/11", body = "chi_uy" }}',
        "duty.CU-R1.due",
        "due",
    ),
    (
        "event_and_periods",
        DUE,
        f'{DUE}\ndue = {{ after = "meeting", working_days = 15 }}',
        "duty.CU-R1.periods",
        "periods",
    ),
    ("periods_missing", DUE, "", "duty.CU-R1", "[duty.CU-R1]"),
    (
        "event_body",
        DUE,
        'due = { after = "term", working_days = 15, body = "chi_uy" }',
        "duty.CU-R1.due.body",
        "chi_uy",
    ),
    (
        "body_unknown",
        DUE,
        'due = { after = "meeting", working_days = 15, body = "chi_bo" }',
        "duty.CU-R1.due.body",
        "chi_bo",
    ),
    ("unasked_not_ad_hoc", DUE, f"{DUE}\nunasked = true", "duty.CU-R1.unasked", "unasked"),
    ("unknown_id", DUE, f'{DUE}\ndue = "someday"', "duty.CU-R1.due.rule", "due"),
    (
        "party_form",
        '{ body = "chi_uy" }',
        '{ body = "chi_uy", unit = "x" }',
        "duty.CU-R1.debtors.0",
        "debtors",
    ),
]
AGAIN = (
    f'[{WRITTEN}.second_round]\nasks = "all"\narticle = "6.4"\n'
    'divided = { outcome = "to_superior", next = "none", article = "6.4" }'
)
GROUNDS = 'grounds = { cannot_meet = { article = "6.1" } }\nmatters = ["general", "important", "coordination"]'
TWO_GROUNDS = GROUNDS.replace("} }", '}, coordination = { article = "6.9" } }')
NOT_ON = (
    f'[[{WRITTEN}.excluded]]\ngrounds = ["coordination"]\narticle = "6.9"\n'
    'because = "Việc này bàn tại cuộc họp."\ninstead = "Đưa vào cuộc họp."'
)
REMARKS: list[tuple[str, str, str, str]] = [
    # kind, what is written there, what is written instead, key
    (
        "never_offered",
        'failed_with_differing = { outcome = "not_adopted", next = "none"',
        'failed_with_differing = { outcome = "to_meeting", next = "to_meeting"',
        f"{WRITTEN}.rulings.failed_with_differing.offers_meeting",
    ),
    (
        "never_consents",
        'means = "not_counted"',
        'means = "not_counted"\nshares_responsibility = true',
        f"{WRITTEN}.silence.shares_responsibility",
    ),
    (
        "never_own_clock",
        'clock = "deadline"',
        'clock = "deadline"\nrecipient_due = { value = "later", article = "6.3" }',
        f"{WRITTEN}.window.recipient_due",
    ),
    (
        "never_goes_up",
        f"[{WRITTEN}.silence]",
        f'[{WRITTEN}.division_in_writing]\nvalue = "meeting"\narticle = "6.4"\n[{WRITTEN}.silence]',
        f"{WRITTEN}.division_in_writing",
    ),
    (
        "never_again",
        f"[{WRITTEN}.silence]",
        f"{AGAIN}\n[{WRITTEN}.silence]",
        f"{WRITTEN}.second_round",
    ),
    (
        "never_shared",
        "[body.chi_uy]\n",
        '[common.papers_to_office]\nvalue = 3\narticle = "5.1"\n\n[body.chi_uy]\n',
        "common.papers_to_office",
    ),
    ("never_ground", "[common.receipt]", OWN_GROUND, "ground.0.id"),
    (
        "never_ground",
        "[common.receipt]",
        '[words.ground]\nappraisal = "thẩm tra"\n\n[common.receipt]',
        "words.ground.appraisal",
    ),
    (
        "never_on_ground",
        GROUNDS,
        f'{TWO_GROUNDS}\n{NOT_ON}\nmatters = ["general", "important", "coordination"]',
        f"{WRITTEN}.grounds.coordination",
    ),
    (
        "never_threshold",
        GROUNDS,
        f'{TWO_GROUNDS}\n[[{WRITTEN}.own_threshold]]\nmatters = ["important"]\n'
        f'grounds = ["coordination"]\nat_least = "2/3"\nof = "members"\narticle = "6.4"\n'
        f'{NOT_ON}\nmatters = ["important"]',
        f"{WRITTEN}.own_threshold.0",
    ),
    (
        "never_threshold",
        SILENCE,
        f'[[{WRITTEN}.own_threshold]]\nat_least = "2/3"\nof = "members"\narticle = "6.5"\n{SILENCE}',
        f"{WRITTEN}.threshold",
    ),
    (
        "never_asked",
        "[duty.CU-R1]",
        '[body.ban]\nname = "Ban"\nheads = ["secretary"]\nhead_article = "3.2"\n'
        '[body.ban.written]\narticle = "6.6"\nreserve_article = "6.7"\n'
        'forbidden = { article = "6.6", because = "Ban bàn tại cuộc họp.", instead = "Đưa vào cuộc họp." }\n'
        "[duty.CU-R1]",
        "body.ban.written.reserve_article",
    ),
    (
        "never_least",
        f'article = "6.4"\n\n{SILENCE}',
        f'article = "6.4"\nin_favour = {{ at_least = "1/2", article = "6.5" }}\n\n{SILENCE}',
        f"{WRITTEN}.threshold.in_favour",
    ),
    (
        "never_reserve",
        f'[{WRITTEN}]\narticle = "6.1"\n',
        '[common.reserve]\narticle = "6.8"\ndays = { value = 5, article = "6.8" }\n'
        f'words = {{ value = "office", article = "6.8" }}\n[{WRITTEN}]\narticle = "6.1"\n'
        'reserve_article = "6.8"\n',
        f"{WRITTEN}.reserve_article",
    ),
    (
        "never_few_answers",
        SILENCE,
        f"{BECAUSE}\n{SILENCE}".replace("tie", "few_answers"),
        f"{WRITTEN}.second_round.because.few_answers",
    ),
    (
        "never_tie",
        f'more_than = "1/2"\nof = "members"\narticle = "6.4"\n\n{SILENCE}',
        f'at_least = "1/2"\nof = "members"\narticle = "6.4"\n\n{BECAUSE}\n{SILENCE}',
        f"{WRITTEN}.second_round.because.tie",
    ),
    ("never_begins", DUE, 'periods = ["ad_hoc"]\ndue = "before_period"', "duty.CU-R1.due"),
]
CASES_ELSEWHERE = {
    "words_common",
    "tie_no_head",
    "objection_collated",
    "not_text",
    "no_file",
    "too_large",
    "no_rule_book",
    "setting_unknown",
    "threshold_of_collated",
    "second_round_missing",
    "second_round_collated",
    "second_round_again",
    "reminders_missing",
    "due_missing",
}


@pytest.mark.parametrize(
    ("kind", "written", "instead", "key", "line"),
    CASES,
    ids=[f"{case[0]}-{at}" for at, case in enumerate(CASES)],
)
def test_a_fault_is_told_with_its_line_and_key_and_nothing_else_is(
    kind: str, written: str, instead: str, key: str, line: str
) -> None:
    assert written in example()
    text = example().replace(written, instead, 1)

    (fault,) = faults_of(text)

    assert (fault.kind, fault.key, fault.file) == (kind, key, "chi_uy.toml")
    assert line in text.split("\n")[fault.line - 1]
    for language in Language:
        told = fault.told(language)
        assert told.message
        assert told.expected


def test_every_kind_of_fault_is_tried() -> None:
    sentences = words_of(Language.VIETNAMESE, "faults")

    tried = {case[0] for case in CASES} | CASES_ELSEWHERE
    remarked = {kind for kind in sentences if kind.startswith("never_")}
    of_stories = {kind for kind in sentences if kind.startswith(("story_", "moment_"))}
    assert tried == set(sentences) - remarked - of_stories - {"hint", "syntax_details"}
    assert {case[0] for case in REMARKS} | {"never_fails"} == remarked


@pytest.mark.parametrize(("kind", "written", "instead", "key"), REMARKS)
def test_what_can_never_apply_is_remarked_and_the_file_is_read_all_the_same(
    tmp_path: Path, kind: str, written: str, instead: str, key: str
) -> None:
    assert written in example()
    path = tmp_path / "chi_uy.toml"
    path.write_text(example().replace(written, instead, 1), encoding="utf-8")

    (remark,) = remarks(path)

    assert (remark.kind, remark.key) == (kind, key)
    printed, code = check(Language.VIETNAMESE, [path])
    assert code == 0
    assert f":{remark.line}: lưu ý: {remark.message}" in printed


@pytest.mark.parametrize(
    ("share", "least", "warned"),
    [
        ('more_than = "1/2"', 'at_least = "1/2"', True),
        ('more_than = "1/2"', 'more_than = "1/2"', True),
        ('at_least = "1/2"', 'at_least = "1/2"', True),
        (
            'at_least = "1/2"',
            'more_than = "1/2"',
            False,
        ),  # of six the share takes three, the least four
        ('at_least = "1/2"', 'at_least = "2/3"', False),
        ('at_least = "2/3"', 'more_than = "1/2"', True),
        ('more_than = "1/2"', "number = 1", True),  # nothing carries with nobody in favour
        ('more_than = "1/2"', "number = 2", False),  # of one the share takes one
    ],
)
def test_a_least_number_is_remarked_where_the_share_reaches_it_whatever_the_roll(
    tmp_path: Path, share: str, least: str, warned: bool
) -> None:
    text = example().replace('more_than = "1/2"', share, 1)
    beside = f'article = "6.4"\nin_favour = {{ {least}, article = "6.5" }}\n\n{SILENCE}'
    path = tmp_path / "chi_uy.toml"
    path.write_text(text.replace(f'article = "6.4"\n\n{SILENCE}', beside, 1), encoding="utf-8")

    assert [each.kind for each in remarks(path)] == (["never_least"] if warned else [])


def test_beside_a_tie_a_least_number_of_half_still_asks_for_something(tmp_path: Path) -> None:
    """Two of four carry with the head; more than half of four are three."""
    beside = (
        'article = "6.4"\ntie = { goes_to = "head", article = "6.5" }\n'
        f'in_favour = {{ more_than = "1/2", article = "6.6" }}\n\n{SILENCE}'
    )
    path = tmp_path / "chi_uy.toml"
    path.write_text(example().replace(f'article = "6.4"\n\n{SILENCE}', beside, 1), encoding="utf-8")

    assert remarks(path) == ()


def test_where_opinions_are_only_collated_nothing_fails(tmp_path: Path) -> None:
    text = (regulations_dir() / "tra_vinh.toml").read_text(encoding="utf-8")
    row = 'enough = { outcome = "collated", next = "none", article = "5.1" }\n'
    path = tmp_path / "tra_vinh.toml"
    path.write_text(text.replace(row, f"{row}failed{row.removeprefix('enough')}"), encoding="utf-8")

    (remark,) = remarks(path)

    assert (remark.kind, remark.key) == ("never_fails", "body.doan_the.written.rulings.failed")


def test_no_objection_ends_what_is_only_put_together() -> None:
    text = (regulations_dir() / "tra_vinh.toml").read_text(encoding="utf-8")
    ends = (
        '\n[body.doan_the.written.objection]\narticle = "5.1"\n'
        'minutes = { value = 0, article = "5.1" }\n'
    )

    (fault,) = faults_of(text + ends)

    assert (fault.kind, fault.key) == ("objection_collated", "body.doan_the.written.objection")


def test_a_tie_goes_to_no_head_who_is_not_asked() -> None:
    tie = 'article = "6.4"\ntie = { goes_to = "head", article = "6.4" }\n'
    text = example().replace('name = "Chi ủy"\n', 'name = "Chi ủy"\nof_agencies = true\n')

    (fault,) = faults_of(text.replace('article = "6.4"\n', tie, 1))

    assert (fault.kind, fault.key) == ("tie_no_head", f"{WRITTEN}.threshold.tie")


def test_no_rule_book_that_ships_says_what_can_never_apply() -> None:
    assert [remarks(path) for path in sorted(regulations_dir().glob("*.toml"))] == [()] * 5


def test_a_row_that_may_apply_is_not_left_out() -> None:
    row = 'failed = { outcome = "not_adopted", next = "none", article = "6.4" }\n'

    (fault,) = faults_of(example().replace(row, "", 1))

    assert (fault.kind, fault.key) == ("missing_key", f"{WRITTEN}.rulings")


def test_a_share_of_those_present_is_refused_in_writing_also_where_it_stands_for_all() -> None:
    share = example()[example().index(f"[{WRITTEN}.threshold]") :].split("\n\n")[0]
    common = share.replace(f"[{WRITTEN}.threshold]", "[common.threshold]")
    text = example().replace(share, "").replace("[common.receipt]", f"{common}\n\n[common.receipt]")

    (fault,) = faults_of(text.replace('of = "members"', 'of = "present"', 1))

    assert (fault.kind, fault.key) == ("share_of_present", f"{WRITTEN}.threshold.of")


def test_of_a_newer_file_nothing_else_is_judged() -> None:
    text = example().replace("format = 1", "format = 2").replace('"1/2"', '"half"')

    assert [fault.kind for fault in faults_of(text)] == ["format_newer"]


def test_a_file_without_a_format_is_read_as_the_first() -> None:
    assert parse(example().replace("format = 1\n", ""), "chi_uy.toml").id == "chi_uy"


@pytest.mark.parametrize(
    ("key", "nearest"),
    [("weights", "threshold"), ("proxies", "delegation"), ("jointly_with", "next")],
)
def test_what_no_rule_book_says_is_answered_with_the_nearest_that_one_does(
    key: str, nearest: str
) -> None:
    (fault,) = faults_of(example().replace('name = "Chi ủy"', f'name = "Chi ủy"\n{key} = true'))

    for language in Language:
        assert nearest in fault.told(language).expected
        assert "regulations/README.md" in fault.told(language).expected


@pytest.mark.parametrize(
    ("office", "words", "told"),
    [
        ("thu_ky", 'office = { thu_ky = "Thư ký" }', ("thu_ky", "Thư ký", "clerk")),
        ("pho", 'office = { pho = "phó bí thư" }', ("pho", "phó bí thư", "deputy")),
        ("dai_bieu", 'office = { dai_bieu = "Đại biểu" }', ("dai_bieu", "Đại biểu", "guest")),
        ("", 'office = { deputy = "Ủy viên" }', ("deputy", "Ủy viên", "member")),
        ("", 'office = { deputy = "Ủy viên", member = "Thành viên" }', None),
        ("", 'office = { secretary = "Bí thư" }', None),
        ("tv", 'office = { tv = "Thư ký Chi ủy" }', None),
        (
            "",
            'matter = { general = "Kiểm tra, giám sát" }',
            ("general", "Kiểm tra, giám sát", "inspection"),
        ),
        ("", 'matter = { general = "việc thường ngày" }', None),
    ],
)
def test_own_words_that_are_the_houses_for_something_else_are_remarked(
    tmp_path: Path, office: str, words: str, told: tuple[str, str, str] | None
) -> None:
    own = f'{office} = "2"\n' if office else ""
    text = example().replace(
        "\n[common.receipt]", f"{own}\n[words]\n{words}\n\n[common.receipt]", 1
    )
    path = tmp_path / "chi_uy.toml"
    path.write_text(text, encoding="utf-8")

    found = [
        (each.key.rpartition(".")[2], each.values["words"], each.values["name"])
        for each in remarks(path)
        if each.kind == "words_common"
    ]
    assert found == ([told] if told else [])
    printed, code = check(Language.VIETNAMESE, [path])
    assert code == 0
    assert ("trên bot đã là lời chỉ" in printed) is (told is not None)
