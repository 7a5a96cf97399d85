"""Stories of norms, one for every way in which a norm changes: what is agreed, what is done, and what is told."""

from typing import NamedTuple


class Story(NamedTuple):
    """Who does what when, under which clauses, and how the norms of a section change by it, each with its cause."""

    section: str
    clauses: str
    steps: list[str]
    changes: list[str]


CHANGE = """
Clause 3 "Change":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
"""

STORIES = {
    "paid": Story(
        "2",
        """
Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller within 2 calendar days.
""",
        [
            "|Buyer: pay USD 5.00 to the Seller.",
        ],
        [
            "active: the opening",
            "fulfilled: performed",
        ],
    ),
    "overdue, and done late": Story(
        "2",
        """
Clause 2 "Report": "Report" means a claim, made by the Buyer.
  The Buyer must make a Report within 2 calendar days.
""",
        [
            "00:00 on 4 September 2005|",
            "10:00 on 4 September 2005|Buyer: make a Report.",
        ],
        [
            "active: the opening",
            "overdue: its time has passed",
            "fulfilled late: performed",
        ],
    ),
    "over, and there again": Story(
        "2",
        """
Clause 2 "Draw": "Stop" means a claim, made by the Buyer.
  "Running" means that the number of Stops is 0.
  While Running applies, then the Agent may pay USD 10.00 to the Seller from the Fund within 2 calendar days.
""",
        [
            '11:00 on 5 September 2005|Buyer: present the Stop "S".',
            '12:00 on 6 September 2005|Buyer: withdraw the Stop "S".',
            '13:00 on 6 September 2005|Buyer: present the Stop "T".',
        ],
        [
            "active: Running applies",
            "discharged: its time has passed",
            "dormant: its condition ended",
            "active: Running applies",
            "dormant: its condition ended",
        ],
    ),
    "a figure that moves": Story(
        "2",
        """
Clause 2 "Bills": "Bill" means a claim, made by the Seller, stating Amount as amount of USD.
  The Buyer must pay the sum of Amount of every Bill to the Seller within 10 calendar days.
""",
        [
            '|Seller: present the Bill "B" stating Amount as USD 5.00.',
            '10:00 on 2 September 2005|Seller: withdraw the Bill "B".',
        ],
        [
            "fulfilled: nothing is owed",
            "active: more is owed",
            "fulfilled: nothing more is owed",
        ],
    ),
    "a sum that turns out to be nothing": Story(
        "2",
        """
Clause 2 "Costs": "Claim" means a claim, made by the Seller.
  "Cost" means a finding, made by the Agent, about a Claim, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of the latest Cost about
    such Claim to the Seller within 2 calendar days.
""",
        [
            '|Seller: make the Claim "C".',
            '|Agent: find the Cost about "C" stating Amount as USD 0.00.',
        ],
        [
            "active: such Claim has been made",
            "fulfilled: nothing is owed",
        ],
    ),
    "undone": Story(
        "2",
        """
Clause 2 "Report": "Report" means a claim, made by the Buyer.
  The Buyer must make a Report within 2 calendar days.
""",
        [
            '|Buyer: make the Report "R".',
            '10:00 on 2 September 2005|Buyer: withdraw the Report "R".',
        ],
        [
            "active: the opening",
            "fulfilled: performed",
            'active: "R" no longer performs it',
        ],
    ),
    "waived, and withdrawn": Story(
        "3",
        """
Clause 2 "Waivers": "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 3 protects the Seller.
Clause 3 "Fee": "Call" means a claim, made by the Seller.
  For each Call, when such Call has been made, then the Buyer must pay USD 9.00 to the Seller.
""",
        [
            '|Seller: give the Waiver "V" stating Requirement as section 3.',
            '|Seller: present the Call "A".',
            '10:00 on 2 September 2005|Seller: withdraw the Waiver "V".',
            '|Seller: give the Waiver "W" stating Requirement as section 3.',
        ],
        [
            "waived: waived in advance by Seller",
            "active: its waiver has been withdrawn",
            "waived: W",
        ],
    ),
    "withdrawn": Story(
        "2",
        """
Clause 2 "Fee": "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller.
""",
        [
            '|Seller: make the Bill "B".',
            '|Seller: withdraw the Bill "B".',
        ],
        [
            "active: such Bill has been made",
            'superseded: "B" no longer counts',
        ],
    ),
    "suspended, and replaced": Story(
        "2",
        """
Clause 2 "Pay" subject to section 3 by suspension while the Stopped applies
    subject to section 3 by replacement while the Void applies:
  The Buyer must pay USD 5.00 to the Seller within 5 calendar days.
Clause 3 "Stop and judgment": "Stop" means a claim, made by the Agent.
  "Judgment" means a claim, made by the Agent.
  "Stopped" means that the number of Stops is at least 1.
  "Void" means that a Judgment has been made.
""",
        [
            '|Agent: make the Stop "S".',
            '10:00 on 2 September 2005|Agent: withdraw the Stop "S".',
            '|Agent: make the Judgment "J".',
        ],
        [
            "active: the opening",
            "suspended: section 3: the Stopped applies",
            "active: the suspension ended",
            "superseded: section 3",
        ],
    ),
    "vacant": Story(
        "2",
        """
Clause 2 "Fee": The Agent must pay USD 5.00 to the Seller within 5 calendar days.
Clause 3 "Resignation": "Resignation" means a claim, made by the Agent.
  When a Resignation has been made, then the Agent becomes vacant.
""",
        [
            "|Agent: make a Resignation.",
        ],
        [
            "active: the opening",
            "suspended: the Agent is vacant",
        ],
    ),
    "in time after all": Story(
        "3",
        """
Clause 2 "Force majeure": "Interruption" means a claim, made by the Seller, stating Start as date.
  "Resumption" means a claim, made by the Seller, about an Interruption, stating Last Day as date.
  "End" of an Interruption means the Last Day of the latest Resumption about such Interruption.
Clause 3 "Delivery": "Delivery" means an act, made by the Seller.
  The Seller must take a Delivery by 12 September 2005
    not counting time from the Start to the End of every Interruption.
""",
        [
            "00:00 on 13 September 2005|",
            '10:00 on 14 September 2005|Seller: present the Interruption "I" stating Start as 8 September 2005.',
        ],
        [
            "active: the opening",
            "overdue: its time has passed",
            "active: its clock has stood still since 00:00 on 8 September 2005; that it was overdue stays on record",
        ],
    ),
    "a cap that is used up": Story(
        "2",
        """
Clause 2 "Fee": "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, when such Bill has been made,
    then the Buyer must pay the Amount of such Bill to the Seller.
Clause 3 "Cap": The total paid under section 2 must not exceed USD 50.00 in the life of this agreement;
  the excess is not payable.
""",
        [
            '|Seller: make the Bill "A" stating Amount as USD 60.00.',
            '|Buyer: pay USD 60.00 to the Seller about "A".',
            '|Seller: make the Bill "B" stating Amount as USD 5.00.',
        ],
        [
            "active: such Bill has been made",
            "fulfilled: nothing is left of the cap of section 3",
            "active: such Bill has been made",
            "excused: nothing is left of the cap of section 3",
        ],
    ),
    "discharged": Story(
        "3",
        """
Clause 2 "Freedom": "Farewell" means an act, made by the Agent.
  When a Farewell has been made, then the Buyer is discharged.
Clause 3 "Fee": "Call" means an act, made by the Seller.
  For each Call, when such Call has been made, then the Buyer must pay USD 10.00 to the Seller.
""",
        [
            '|Seller: take the Call "A".',
            "|Agent: take a Farewell.",
            '|Seller: take the Call "B".',
        ],
        [
            "active: such Call has been made",
            "discharged: Buyer is discharged",
            "discharged: such Call has been made",
        ],
    ),
    "owed once more": Story(
        "3",
        """
Clause 2 "Hot": "Hot" means a claim, made by the Seller.
  "Reading" means a claim, made by the Buyer.
  "Excuse" means a claim, made by the Buyer.
Clause 3 "Readings": While a Hot has been made, then the Buyer must make a Reading within 2 calendar days,
    failing which the Buyer must make an Excuse within 5 calendar days.
""",
        [
            '10:00 on 1 September 2005|Seller: make the Hot "A".',
            '10:00 on 10 September 2005|Seller: withdraw the Hot "A".',
            '10:00 on 11 September 2005|Seller: make the Hot "B".',
            "10:00 on 15 September 2005|Buyer: make an Excuse.",
            "10:00 on 16 September 2005|Buyer: make an Excuse.",
        ],
        [
            "active: a Hot has been made",
            "overdue: its time has passed",
            "active: it was not done in time",
            "overdue: its time has passed",
            "active: a Hot has been made",
            "overdue: its time has passed",
            "fulfilled late: performed",
            "active: the duty that it follows from has failed again",
            "fulfilled: performed",
        ],
    ),
    "put off too late": Story(
        "2",
        """
Clause 2 "Handover":
  "Extension" means a writing, signed by the Buyer and the Seller, stating Day as date.
  "Handover" means a claim, made by the Seller.
  "Last Day" means 2 September 2005 where the number of Extensions is equal to 0,
    otherwise the Day of the latest Extension.
  The Seller must make a Handover by the Last Day.
""",
        [
            "10:00 on 3 September 2005|",
            "|Buyer: sign the Extension stating Day as 30 September 2005.",
            "|Seller: sign the Extension.",
        ],
        ["active: the opening", "overdue: its time has passed"],
    ),
    "amended": Story(
        "2",
        f"""
Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller within 5 calendar days.
{CHANGE}""",
        [
            "|Buyer: pay USD 5.00 to the Seller.",
            (
                "|Buyer: sign the Amendment stating Changes as clauses "
                "\"Clause 2 'Fee': The Buyer must pay USD 7.00 to the Seller.\"."
            ),
            "|Seller: sign the Amendment.",
        ],
        ["active: the opening", "fulfilled: performed", "active: the section as amended"],
    ),
    "amended, with more time": Story(
        "2",
        f"""
Clause 2 "Say": "Word" means an act, made by the Buyer. The Buyer may make a Word within 3 calendar days.
{CHANGE}""",
        [
            "10:00 on 6 September 2005|",
            (
                "|Buyer: sign the Amendment stating Changes as clauses "
                "\"Clause 2 'Say': 'Word' means an act, made by the Buyer. "
                'The Buyer may make a Word within 9 calendar days.".'
            ),
            "|Seller: sign the Amendment.",
        ],
        ["active: the opening", "discharged: its time has passed", "active: the section as amended"],
    ),
    "amended, and joined with another": Story(
        "2",
        f"""
Clause 2 "Fee": "Bill" means a claim, made by the Seller, stating Class as one of (Small, Large).
  For each Bill whose Class is Small, the Buyer must pay USD 5.00 to the Seller.
  For each Bill whose Class is Large, the Buyer must pay USD 9.00 to the Seller.
{CHANGE}""",
        [
            '|Seller: present the Bill "A" stating Class as Small.',
            "|Buyer: pay USD 5.00 to the Seller.",
            (
                "|Buyer: sign the Amendment stating Changes as clauses "
                "\"Clause 2 'Fee': 'Bill' means a claim, made by the Seller, stating Class as one of (Small, Large). "
                'For each Bill, the Buyer must pay USD 6.00 to the Seller.".'
            ),
            "|Seller: sign the Amendment.",
        ],
        ["fulfilled: the sentence before, as amended", "active: the section as amended"],
    ),
    "amended, with something else that follows": Story(
        "2",
        f"""
Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller within 3 calendar days,
  failing which the Buyer must pay USD 1.00 to the Agent.
{CHANGE}""",
        [
            "10:00 on 6 September 2005|",
            (
                "|Buyer: sign the Amendment stating Changes as clauses "
                "\"Clause 2 'Fee': The Buyer must pay USD 5.00 to the Seller within 3 calendar days, "
                'failing which the Seller must pay USD 1.00 to the Agent.".'
            ),
            "|Seller: sign the Amendment.",
        ],
        [
            "active: the opening",
            "overdue: its time has passed",
            "active: it was not done in time",
            "superseded: the section as amended",
        ],
    ),
}
