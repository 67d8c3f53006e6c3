"""Near-duplicates are found, other stories are not."""

from bench.reading.duplicates import clusters, jaccard, shingles


def test_a_text_with_another_number_is_a_near_duplicate() -> None:
    texts = {
        "b": "Поїзд №91 прямує із затримкою 35 хвилин, просимо вибачення за незручності",
        "a": "Поїзд №93 прямує із затримкою 40 хвилин, просимо вибачення за незручності!",
        "c": "У місті тимчасово немає води, фахівці працюють над ліквідацією аварії",
    }
    assert clusters(texts) == {"a": "a", "b": "a", "c": "c"}


def test_short_texts_are_compared_whole() -> None:
    assert clusters({"a": "Так", "b": "так!", "c": "Ні"}) == {"a": "a", "b": "a", "c": "c"}


def test_a_chain_of_near_duplicates_is_one_cluster() -> None:
    one = "перша частина повідомлення про ремонт мережі у місті"
    two = one + " і друга частина про воду"
    three = two + " і третя частина про тепло"
    found = clusters({"x": one, "y": two, "z": three}, threshold=0.6)
    assert jaccard(shingles(one), shingles(three)) < 0.6
    assert set(found.values()) == {"x"}


def test_the_same_text_has_similarity_one() -> None:
    assert jaccard(shingles("один і той самий"), shingles("Один, і той самий!")) == 1.0
