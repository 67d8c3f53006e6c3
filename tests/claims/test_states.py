"""How things stand now is a report beside what a day sums up, and under the name of one attack."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    "text",
    [
        "За минулу добу ворог обстріляв громаду; на ранок без світла споживачі на Сумщині.",
        "Унаслідок обстрілів за добу наразі знеструмлені споживачі на Сумщині.",
        "За сутки враг обстрелял область, сейчас без света потребители в Сумской области.",
        (
            "During the last day Russian troops attacked the network, as a result of which "
            "consumers in the Sumy region are without power this morning."
        ),
    ],
)
def test_a_supply_that_is_out_now_is_no_total(text: str) -> None:
    told = facts(text)
    assert ("impact.power.outage", "report", "affirmed") in told
    assert ("impact.power.outage", "background", "affirmed") not in told


@pytest.mark.parametrize(
    "text",
    [
        "За сутки энергетики вернули свет 210 тысячам семей.",
        "За добу без світла залишилися три села, вже відновлено.",
    ],
)
def test_what_a_day_saw_is_a_total(text: str) -> None:
    assert not any(
        topic.startswith("impact.power") and kind == "report" for topic, kind, _ in facts(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Атака на Київ: головне на цю годину. Пошкоджено три будинки.",
        "Нічна атака на Тернопіль: головне на ранок. Пошкоджено три будинки.",
        "Массированная атака на Харьков: главное к этому часу. Повреждены три дома.",
        "Attack on Kyiv: the main points. Three houses were damaged.",
    ],
)
def test_the_story_of_one_attack_is_no_digest(text: str) -> None:
    assert ("impact.damage", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Головне за ніч. У Тернополі пошкоджено три будинки.",
        "Удар по Львову, аварія в Дніпрі: головне за день. Пошкоджено три будинки.",
        "Главное к утру вторника. В Кривом Роге повреждены три дома.",
    ],
)
def test_a_list_of_news_is_a_digest(text: str) -> None:
    assert ("impact.damage", "background", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Испытания проводят в ответ на удары дальнобойными ракетами по Курской области.",
        "Це стало відповіддю на удари ракетами по Одесі.",
        "The sanctions came in response to missile strikes on Odesa.",
        "The enemy constantly resorts to massive attacks on Sumy with drones.",
        "После освобождения города россияне начали системно обстреливать Херсон.",
    ],
)
def test_what_everybody_knows_is_background(text: str) -> None:
    told = facts(text)
    assert not any(topic.startswith("event.") and kind == "report" for topic, kind, _ in told)


@pytest.mark.parametrize(
    "text",
    [
        "Зимою місту загрожують відключення світла.",
        "Есть угроза масштабных отключений электроэнергии зимой.",
        "There is a serious risk of prolonged interruptions in heating this winter.",
        "The country faces the threat of blackouts this winter.",
    ],
)
def test_what_may_come_to_a_supply_is_no_report(text: str) -> None:
    told = facts(text)
    assert not any(topic.startswith("impact.") and kind == "report" for topic, kind, _ in told)


@pytest.mark.parametrize(
    "text",
    [
        "Уряд розповів про відновлення енергосистеми після ворожих обстрілів.",
        "Энергосистема страны вновь под угрозой из-за российских атак.",
        "Громади просять генератори через російські атаки.",
        "Фонд помогает семьям, которые уехали из-за обстрелов.",
    ],
)
def test_attacks_that_are_only_a_reason_are_background(text: str) -> None:
    told = facts(text)
    assert not any(topic.startswith("event.") and kind == "report" for topic, kind, _ in told)


@pytest.mark.parametrize(
    "text",
    [
        "Через обстріли знеструмлено 12 сіл Шосткинського району.",
        "Після російських атак на Одесу пошкоджено два будинки.",
        "Из-за обстрелов ночью ранены двое.",
        "Due to shelling, consumers in the Sumy region are without power.",
    ],
)
def test_attacks_that_led_to_something_are_reported(text: str) -> None:
    told = facts(text)
    assert any(topic.startswith("event.") and kind == "report" for topic, kind, _ in told)


def test_a_head_of_a_town_is_no_head_that_was_hit() -> None:
    told = facts("Удар по Тернополю: голова ОВА повідомив про двох загиблих.")
    assert ("event.strike", "report", "affirmed") in told
