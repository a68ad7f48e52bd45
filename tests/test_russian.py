"""Russian documents: names in all cases, offices, titles in the nominative, other worlds."""

import pytest

from ciskg.extract import load_rules, read_facts
from ciskg.extract.russian_words import theme
from ciskg.model import Fact
from ciskg.read import read_text
from ciskg.recognise import load_lexicon, recognise
from ciskg.recognise.russian_forms import case_of, romanise, surname_forms

LEXICON = load_lexicon()


def names(text: str) -> dict[str, tuple[str, ...]]:
    return dict(recognise(read_text(text), LEXICON).forms)


def facts(text: str) -> list[Fact]:
    return list(read_facts(read_text(text), LEXICON).facts)


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("Выступил Президент Сердар Бердымухамедов.", "Serdar Berdimuhamedov", ""),
        ("Без Президента Гурбангулы Бердымухамедова.", "Gurbanguly Berdimuhamedov", ""),
        ("Говорили о Владимире Путине.", "Vladimir Putin", "Владимир Путин"),
        ("Ответил Александру Лукашенко.", "Alexander Lukashenko", "Александр Лукашенко"),
        ("Встретился с министром Р.О.Мередовым.", "R.O. Meredov", "Р.О. Мередов"),
        ("Нематов И.Т. открыл заседание.", "I.T. Nematov", "И.Т. Нематов"),
        ("Спикер Валентина Матвиенко открыла форум.", "Valentina Matviyenko", ""),
        ("Сообщил послу Марии Захаровой.", "Maria Zakharova", "Мария Захарова"),
        ("Путин Владимир Владимирович выступил.", "Vladimir Vladimirovich Putin", ""),
        ("Встреча с Виктором Януковичем.", "Victor Yanukovych", "Виктор Янукович"),
    ],
)
def test_a_name_is_brought_to_the_nominative(text: str, english: str, russian: str) -> None:
    found = names(text)
    assert list(found) == [english]
    assert not russian or found[english][0] == russian


def test_a_surname_alone_and_initials_mean_the_full_name() -> None:
    found = names("Прибыл Сергей Лебедев. С.Лебедева встретили. Лебедеву вручили орден.")
    assert list(found) == ["Sergei Lebedev"]


def test_an_address_by_patronymic_is_no_name() -> None:
    assert not names("Благодарю Вас, Сергей Николаевич, за доклад.")


def test_forms_of_surnames_and_given_names() -> None:
    assert "Бордюжа" in surname_forms("Бордюжа")
    assert "Токаев" in surname_forms("Токаевым")
    assert "Лукашенко" in surname_forms("Лукашенко")
    assert [case_of(f, "Сергей") for f in ("Сергей", "Сергея", "Сергею", "Сергеем", "Сергее")] == [
        "nom", "gen", "dat", "ins", "pre",
    ]  # fmt: skip
    assert romanise("Назарбаев") == "Nazarbayev"
    assert romanise("Жээнбеков") == "Jeenbekov"


def test_offices_take_their_state_and_stack() -> None:
    found = {
        (f.values["person"], f.values["title"], f.values["of"])
        for f in facts(
            "Заместитель Председателя Кабинета Министров, министр иностранных дел Туркменистана "
            "Р.О.Мередов встретил премьер-министров Казахстана Олжаса Бектенова и Белоруссии "
            "Александра Турчина и азербайджанского вице-премьера Ягуба Эюбова."
        )
        if f.type == "role"
    }
    assert found == {
        ("R.O. Meredov", "Deputy Chairman of the Cabinet of Ministers", "TKM"),
        ("R.O. Meredov", "Minister of Foreign Affairs", "TKM"),
        ("Oljas Bektenov", "Prime Minister", "KAZ"),
        ("Alexander Turchin", "Prime Minister", "BLR"),
        ("Yagub Eyubov", "Deputy Prime Minister", "AZE"),
    }


def test_titles_are_in_the_nominative_without_quotation_marks() -> None:
    found = [
        f.values["title"]
        for f in facts(
            "14 октября 2022 года лидеры СНГ подписали решения о Годе русского языка и о поддержке "
            "форума. Утверждена региональная программа «Чистая вода» для Центральной Азии. "
            "Состоялось подписание Соглашения о совместном заявлении и принятие Совместного "
            "заявления о дружбе."
        )
        if f.type == "agreement"
    ]
    assert found == [
        "Решение о Годе русского языка",
        "Решение о поддержке форума",
        "Региональная программа Чистая вода для Центральной Азии",
        "Соглашение о совместном заявлении",
        "Совместное заявление о дружбе",
    ]


def test_a_person_keeps_the_name_as_written() -> None:
    roles = [f for f in facts("Президент Туркменистана Г.М.Бердымухамедов.") if f.type == "role"]
    assert [f.values["aliases"] for f in roles] == [("Г.М. Бердымухамедов",)]


@pytest.mark.parametrize(
    "text",
    [
        "Председатель судейского комитета Иван Петров принял решение о дисквалификации игрока.",
        "Компания подписала соглашение о поставках. Иван Петров встретился с Петром Ивановым.",
        "Протокол описывает обмен сообщениями. Сервер принял запрос.",
    ],
)
def test_a_document_of_another_world_has_no_facts(text: str) -> None:
    assert not facts(text)


def test_a_rule_reads_only_its_own_language() -> None:
    assert {rule.language for rule in load_rules()} >= {"en", "ru"}
    for text, language in (
        ("Президент России Владимир Путин 5 мая 2020 года посетил Минск.", "ru"),
        ("On 5 May 2020 President of Russia Vladimir Putin visited Minsk.", "en"),
    ):
        facts = read_facts(read_text(text), LEXICON).facts
        assert {fact.type for fact in facts} >= {"role", "visit"}
        assert {fact.rule.rpartition("-")[2] for fact in facts} == {language}


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("С Нурсултаном Назарбаевым Медведев, то есть Дмитрий Медведев, говорил.", "ins nom nom"),
        ("Президента Украины Виктора Ющенко ждал Сергей Лавров.", "gen nom"),
        ("Орден вручили исполнительному секретарю СНГ Сергею Лебедеву.", "dat"),
        ("Вчера Александр Лукашенко прилетел в Минск. Лукашенко устал.", "nom nom"),
        ("Россия и Казахстан одобрены Арменией.", "nom nom ins"),
        ("Карен Карапетян сменил Овика Абрамяна.", "nom gen"),
    ],
)
def test_a_mention_tells_its_case(text: str, cases: str) -> None:
    read = recognise(read_text(text), LEXICON)
    found = [
        m.case
        for s in read.sentences
        for _, m in sorted(s.encoded.mentions.items())
        if m.kind in ("person", "state")
    ]
    assert found == cases.split()


def test_a_third_name_in_another_case_is_another_persons() -> None:
    found = names("С Нурсултаном Назарбаевым Медведев говорил. Дмитрий Медведев прибыл.")
    assert set(found) == {"Nursultan Nazarbayev", "Dmitry Medvedev"}


def test_the_head_of_a_bodys_name_means_the_body_named_last() -> None:
    text = "Совет министров обороны СНГ собрался. Секретарь Совета Александр Синайский доложил."
    roles = [f.values for f in facts(text) if f.type == "role"]
    assert [(r["title"], r["of"]) for r in roles] == [
        ("Secretary", "CIS Council of Defence Ministers")
    ]
    alone = "Секретарь Совета старейшин Александр Синайский доложил о СНГ."
    assert not [f for f in facts(alone) if f.values.get("of") == "CIS Council of Defence Ministers"]


def test_a_law_ratifies_for_the_state_whose_law_it_is() -> None:
    text = (
        "Федеральный закон\n\nПринят Государственной Думой 16 апреля 2019 года\n\n"
        "Ратифицировать Соглашение о сотрудничестве государств - участников СНГ в области охраны "
        "труда, подписанное в городе Душанбе 1 июня 2018 года."
    )
    found = {f.type: f.values for f in facts(text)}
    assert found["ratification"]["state"] == "RUS"
    assert found["agreement"]["date"] == "2018-06-01"


def test_a_participle_of_another_gender_tells_of_the_title_inside() -> None:
    text = (
        "Речь в ОДКБ идёт о Протоколе о внесении изменений в Соглашение о миротворческой "
        "деятельности, подписанное 6 октября 2007 года."
    )
    dates = {f.values["title"]: f.values["date"] for f in facts(text) if f.type == "agreement"}
    assert dates["Соглашение о миротворческой деятельности"] == "2007-10-06"


def test_themes_stand_in_the_nominative() -> None:
    assert theme("литературы и чтения") == "Литература и чтение"
    assert theme("спорта и здорового образа жизни") == "Спорт и здоровый образ жизни"
    assert theme("охраны здоровья") == "Охрана здоровья"
    assert theme("80-летия Победы") == "80-летия Победы"
