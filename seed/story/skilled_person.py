"""April 2024: the test of a person skilled in the field, and the scope clause leaves the text."""

from seed.telling import Balloted, Event, add, propose, re, reword, say, strike

EVENTS: list[Event] = [
    propose(
        "skilled-person", "2024-04-14 10:00", "dara", "Data information, tested by a person skilled in the field",
        """Ballot 7 asked for the data and missed two thirds; ballot 8 asked for documents and left open how good
        they must be. Between the two lies a test: the detail is enough if somebody with ordinary skill in
        the field could build a system that is equivalent in substance. Patents have used such a person for two
        hundred years. What is usually needed moves into an example, so that the test leads and the list follows.""",
        reword("PF-DATA", version="0.0.8"),
        add("pf-data-eg", version="0.0.8", kind="item", after="PF-DATA", beside="+PF-DATA"),
        seconds=(("+1h", "priya"), ("+2h", "marek"), ("+5h", "greta"), ("+1d", "ravi"), ("+1d", "thiru"), ("+2d", "hamish")),
    ),
    say(
        "2024-04-14 13:30", "anneli", "objection", "p:skilled-person",
        """*From the same or similar data*: and where does the skilled person get similar data? A recipe for bread
        is no use to somebody who isn't allowed any flour. Remedy: *from data which that person can obtain*.""",
        re("+2h", "dara", """If the data is similar, it need not be ours. Hospitals have records of their own."""),
        re("+4h", "carmen", """Hospitals have. I haven't. The test would be passed for a hospital and failed for a university:
           the clause should say whose skill and whose means.""", kind="technical"),
        re("+1d", "marek", """In patents the skilled person has ordinary means and no imagination. Courts supply both the
           means and the lack."""),
        re("+1d4h", "anneli", """We have no courts. We have a spreadsheet and good will."""),
    ),
    say(
        "2024-04-14 16:10", "sven", "technical", "p:skilled-person",
        """*Equivalent in substance* needs a measure. Same score on the makers' own benchmarks? Same errors? Two runs of
        the same code on the same data differ by more than some vendors' generations do.""",
        re("+1h", "haruto", """In weather models we say: inside the spread of the makers' own repeated runs. If they have done
           only one run, nobody can say anything.""", kind="technical"),
        re("+3h", "sven", """That's a good measure and an expensive one. As an example, perhaps; as a condition it would
           exclude everybody who could afford one run."""),
        re("+1d", "zanele", """*In substance* leaves room for exactly this argument, case by case. I prefer a word that lets us
           argue to a number that doesn't."""),
        re("+2d", "liam", """Observer's note: of nineteen published attempts that I could find to rebuild a system from its paper,
           four came close. In each of the four, the authors had answered mail.""", kind="general"),
        quote="equivalent in substance",
    ),
    say(
        "2024-04-15 09:05", "lotte", "general", "p:skilled-person",
        """Who was asked for what, in a line each: ballot 7, the flour; ballot 8, the label on the flour; this one, the
        recipe. I voted for the flour. I could vote for a recipe somebody has cooked from.""",
        re("+2h", "ravi", """Two groups have cooked from ours, with their own hospitals' records. I'll link the reports in the
           minutes.""", kind="support"),
        re("+1d", "lotte", """I read both. The first asked you eleven questions before it worked. Put the answers in the recipe and
           you have my vote."""),
        re("+1d5h", "ravi", """Done last night, and it's better for it."""),
    ),
    propose(
        "scope-to-faq", "2024-04-15 11:00", "minjae", "Move what we leave to others to the questions and answers",
        """A definition says what a thing is. That we leave ethics and regulation to others is true, useful, and no
        part of what the thing is. It has been reworded in four drafts out of seven, each time to calm
        somebody. In the questions and answers it can be as long as it needs to be.""",
        strike("SCOPE"), strike("h-scope"),
        seconds=(("+2h", "rafael"), ("+1d", "paula"), ("+1d", "wen")),
    ),
    say(
        "2024-04-15 14:20", "iris", "objection", "p:scope-to-faq",
        """It was the only place in the text which admits that there is an outside. Strike it, and a finding under this
        definition will be sold as a seal of goodness. Remedy: keep one sentence.""",
        re("+1h", "minjae", """Which one?""", kind="question"),
        re("+3h", "iris", """*A finding under this definition is no verdict on whether a system is ethical, safe or fair.*"""),
        re("+1d", "victoria", """In consumer cases I'd quote that sentence monthly. It can't be quoted from an FAQ with the same
           weight.""", kind="support"),
        re("+1d6h", "gwen", """I'd vote for the sentence and against the striking, in that order. There is only one ballot."""),
        re("+2d", "tomasz", """Iris may put her sentence forward as a proposal of its own. Chairs can't amend one that isn't
           theirs, and wouldn't want to."""),
    ),
    Balloted(
        "skilled-person", "2024-04-16 12:00", "2024-04-21 12:00", "ana", "two_thirds",
        "Shall data information be measured by what a person skilled in the field could build from it?", (30, 13, 3),
        (
            ("dara", "yes", "A test that I can apply to myself."),
            ("greta", "yes", "Medicine stays in, and has to show its work."),
            ("priya", "yes", "It's weaker than I wanted and firmer than an adjective."),
            ("lotte", "yes", "I have seen somebody cook from it."),
            ("marek", "yes", "The figure is known to law in every country here."),
            ("hamish", "yes", "One can fail it, which is what makes it a condition."),
            ("anneli", "no", "Skill without flour bakes nothing."),
            ("carmen", "no", "Whose means? The clause is silent."),
            ("mira", "no", "No skilled person will ever tell me whether I am in it."),
            ("gwen", "no", "*Similar* is carrying more than a word can."),
            ("helga", "abstain", "Better than 0.0.7, and it still treats three kinds of data as one."),
        ),
    ),
    Balloted(
        "scope-to-faq", "2024-04-17 12:00", "2024-04-22 12:00", "tomasz", "simple_majority",
        "Shall the clause on what this text leaves to others be struck and answered elsewhere?", (28, 16, 5),
        (
            ("minjae", "yes", "It is no part of what the thing is."),
            ("rafael", "yes", "Disclaimers breed."),
            ("iris", "no", "A text should admit that it has an outside."),
            ("naledi", "no", "First verify, then this. I begin to see a pattern."),
            ("jeanphilippe", "no", "It was the clause that my office quoted."),
            ("bruno", "abstain", "I keep the text."),
        ), counts="closed",
    ),
    say(
        "2024-04-21 14:00", "anneli", "general", "b:skilled-person",
        """I lost, on a fair vote over words that I helped to sharpen. For whoever reads this in some years: the thirteen
        noes are not against description. They are against calling description the thing.""",
        re("+1h", "dara", """Which is the most decent concession I have read here, and I hope to answer it with a better recipe."""),
        re("+5h", "ana", """The two of you may write the minutes of the next meeting."""),
    ),
    say(
        "2024-04-28 18:10", "bruno", "editorial", "v:0.0.8",
        """We call the list of features complete. The skilled-person test is in (ballot 10), scope is out (ballot 11), the
        three items stand in the definition again, and examples have been split from conditions. In the table,
        documents come under terms and code under licences. Usage documentation and supporting tools have left it.""",
        re("+2h", "emre", """As a screen reader user I'd like to report that the tables can be read row by row now, with their
           headers. In 0.0.5 I heard *question mark* eighty-eight times.""", kind="support"),
        re("+1d", "pieter", """I see *weights* has left the text altogether. The tie had a winner after all.""",
           retracted="It was meant as a joke, and it reads like a complaint."),
        re("+1d3h", "kofi", """Why did usage documentation go? On a farm it's the only part that gets read.""", kind="question"),
        re("+1d7h", "yuki", """Nobody could say which freedom needs it. It is welcome in every release and belongs on no list. I wrote
           ours for the seed-drying model last week, so I feel the sting."""),
        re("+2d", "noa", """תודה. Thank you to those who changed their minds in public this month. It is seldom seen.""", kind="support"),
    ),
    say(
        "2024-04-30 10:15", "rosalind", "question", "PF-DATA",
        """For my newsletter, and for readers who will ask: who is the person skilled in the field? Is there one whom I
        could telephone?""",
        re("+1h", "marek", """It's a figure of thought. You may telephone me, but I won't do."""),
        re("+2h", "thiru", """Somebody who finished the master's course, has read the usual papers, and has the use of an ordinary
           department's machines. I teach thirty of them a year."""),
        re("+1d", "rosalind", """*Ordinary department's machines* will make some of my readers laugh and others cry."""),
        re("+1d3h", "lucia", """In La Paz we have one machine with two cards. If the figure of thought has a thousand, she isn't from here.""",
           kind="objection"),
        re("+2d", "tomasz", """I've put *whose means* on the list of what to define once the rest stands.""", kind="editorial"),
        quote="a person skilled in the field",
    ),
]
