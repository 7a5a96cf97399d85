"""A figure that every reading of an unsettled ambiguity makes the same is known; where they differ it is open."""

from tests.dsl.deals import Deal, opened, worked

RETENTION = """
Clause 2 "Retention":
  "Retention" means an ambiguity "Do claims come on top of the USD 30.00?" with readings On Top and Inside,
    settled by the Buyer and the Seller.
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  "Claimed" means the sum of Amount of every Claim.
  "Kept" means USD 30.00 plus the Claimed where the Retention is read as On Top,
    otherwise the larger of USD 30.00 and the Claimed.
  "Free" means the amount by which the balance of the Fund exceeds the Kept.
Clause 3 "Release":
  "Ask" means a claim, made by the Seller.
  "Release" means an event, about an Ask, stating Total as amount.
  For each Ask, when such Ask has been made, then a Release occurs about such Ask stating Total as the Free.
"""


def funded() -> Deal:
    deal = opened(RETENTION)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 90.00 into the Fund.")
    return deal


def test_without_a_claim_both_readings_keep_thirty() -> None:
    """Ninety less thirty are sixty, on top or inside; what rests on it happens."""
    deal = funded()

    assert (deal.figure("the Kept"), deal.figure("the Free")) == ("USD 30.00", "USD 60.00")

    deal.does("", 'Seller: present the Ask "A".')
    assert deal.asks("the sum of Total of every Release is equal to USD 60.00.") == "true"


def test_with_a_claim_they_differ() -> None:
    """A claim of ten leaves fifty on top and sixty inside: there is a release either way, and its total waits for the
    reading."""
    deal = funded()
    deal.does("", "Buyer: present the Claim stating Amount as USD 10.00.")

    assert deal.asks("the Free is equal to USD 60.00.") == "open"
    assert deal.asks("the Free is at least USD 50.00.") == "true"
    deal.does("", 'Seller: present the Ask "A".')
    assert deal.asks("a Release has been made.") == "true"
    assert deal.asks("the sum of Total of every Release is at least USD 50.00.") == "true"
    assert deal.asks("the sum of Total of every Release is equal to USD 50.00.") == "open"

    deal.does("", "Buyer: choose On Top for Retention.")
    deal.does("", "Seller: choose On Top for Retention.")
    assert deal.asks("the sum of Total of every Release is equal to USD 50.00.") == "true"


def test_a_figure_that_is_the_same_only_as_a_whole_is_known_as_well() -> None:
    """The parts differ by the reading, two and one or one and two, and make three either way."""
    deal = opened("""
Clause 2 "Shares":
  "Split" means an ambiguity "Who has the larger part?" with readings Left and Right.
  "First" means USD 2.00 where Split is read as Left, otherwise USD 1.00.
  "Second" means USD 1.00 where Split is read as Left, otherwise USD 2.00.
  "Whole" means the First plus the Second.
""")

    assert deal.asks("the First is equal to USD 2.00.") == "open"
    assert deal.figure("the Whole") == "USD 3.00"


def test_of_two_ambiguities_every_combination_counts() -> None:
    """Both make ten under every reading but one of four."""
    deal = opened("""
Clause 2 "Two":
  "P" means an ambiguity "One?" with readings Yea and Nay.
  "Q" means an ambiguity "Two?" with readings Aye and Nope.
  "Inner" means USD 10.00 where Q is read as Aye, otherwise USD 11.00.
  "Same" means USD 10.00 where P is read as Yea, otherwise the smaller of USD 10.00 and the Inner.
  "Other" means USD 10.00 where P is read as Yea, otherwise the Inner.
""")

    assert deal.figure("the Same") == "USD 10.00"
    assert deal.asks("the Other is equal to USD 10.00.") == "open"


def test_how_it_came_about_says_that_the_readings_agree() -> None:
    assert "the same under every reading of Retention" in worked(funded(), "the Free.")
