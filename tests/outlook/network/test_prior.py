import pytest

from vidomo.core.errors import InputError
from vidomo.outlook.network.prior import FIGURES, LEVELS, bundled_prior, read_prior

TEXT = (
    __import__("importlib.resources").resources.files("vidomo.outlook") / "tables" / "prior.toml"
).read_text("utf-8")


def test_every_number_of_the_bundled_prior_has_an_origin_and_a_range():
    prior = bundled_prior()
    assert set(prior.figures) == set(FIGURES)
    assert set(prior.levels) == set(LEVELS)
    for figure in prior.figures.values():
        assert figure.origin
        assert figure.range[0] < figure.value < figure.range[1]
    for part in (*prior.levels.values(), *prior.voices.values(), *prior.silence):
        assert part.origin
    assert {"official", "declared", "unsourced", "wider"} == set(prior.voices)
    assert {"strike", "explosion", "shelling", "alert"} == set(prior.cues)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[figures.strike_probability]", "[figures.other]", "no figure strike_probability"),
        ("value = 0.10\nrange", "value = 0.50\nrange", "strike_probability is 0.5"),
        ("value = 0.10\nrange", 'value = "ten"\nrange', "this is no prior"),
        ("[levels.noise]", "[levels.other]", "no levels noise"),
        ("weights = [0.80,", "weights = [0.99,", "weights of noise"),
        ("values = [0.0, 0.2, 0.4, 0.6]", "values = [0.0, 0.2, 0.4, 6]", "a value of noise"),
        ("[[0.92, 0.07, 0.01]", "[[0.92, 0.07, 0.02]", "rows of official"),
        ("weight = 0.76", "weight = 0.75", "weights of silence"),
        ("out = 0.70\npartly", "out = 1.0\npartly", "a chance that somebody speaks"),
        ("if_struck = 0.80", "if_struck = 1.0", "a chance of strike"),
        ("version =", "version", "this is no prior"),
        ("weights = [0.80,", "weights = [nan,", "levels.noise.weights is no number"),
        ("[[0.92, 0.07, 0.01]", "[[nan, 0.07, 0.01]", "voices.official.matrix is no number"),
        ("values = [0.0, 0.2, 0.4, 0.6]", "values = [0.0, 0.2, inf, 0.6]", "values is no number"),
    ],
)
def test_what_is_wrong_with_a_prior_is_named(old, new, told):
    assert old in TEXT
    with pytest.raises(InputError, match=told):
        read_prior(TEXT.replace(old, new, 1))
