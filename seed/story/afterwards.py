"""2025 and the first half of 2026: what use taught, two changes adopted, and one vote lost again."""

from seed.telling import Balloted, Event, add, propose, re, reword, say

EVENTS: list[Event] = [
    say(
        "2025-01-20 10:00", "tomasz", "general", "v:1.0",
        """The working text is open again, towards 1.1. Version 1.0 stays as it is; what is adopted from here on changes the working text
        only, until there is something worth ratifying. First on the list from 2024: whose skill, and whose means.""",
        re("+3h", "siewling", """Two tenders have cited 1.0 so far. Please keep 1.0's address alive whatever comes."""),
        re("+4h", "tomasz", """It'll outlive us. The permanent address holds the text and its hash.""", kind="support"),
    ),
    propose(
        "skilled-defined", "2025-02-17 09:00", "lucia", "Say who the person skilled in the field is",
        """Rosalind asked in April 2024 whether she could be telephoned. Lawyers know the figure and others don't, and nobody knows how
        many machines she owns. In La Paz she has one. I propose: the training that is usual among those who build such
        systems, the public means of the field, and no knowledge that only the makers have.""",
        add("w-skilled", """**Person skilled in the field.** Somebody with the training that is usual among those who build systems of the
            kind, and without any knowledge that only the makers have.""", after="w-supplier", beside="w-supplier"),
        seconds=(("+1h", "carmen"), ("+2h", "marek"), ("+1d", "fatou"), ("+1d", "leilani")),
    ),
    say(
        "2025-02-17 12:20", "marek", "technical", "p:skilled-defined",
        """You left the means out of the clause that your rationale promises. On purpose?""",
        re("+2h", "lucia", """On purpose. Training and knowledge we can settle; over machines we'd be voting until the summer."""),
        re("+1d", "fatou", """One step, then another. Agreed, so long as the other follows.""", kind="support"),
        re("+2d", "haruto", """*No knowledge that only the makers have* is the heart of it. Half of the failed rebuildings that Liam counted failed on
           that."""),
    ),
    Balloted(
        "skilled-defined", "2025-03-03 12:00", "2025-03-17 12:00", "tomasz", "simple_majority",
        "Shall the definitions say who a person skilled in the field is?", (38, 5, 4),
        (
            ("lucia", "yes", "She might be anybody, also from here."),
            ("marek", "yes", "Close to how courts describe her."),
            ("gwen", "no", "Without means she is a ghost."),
            ("priya", "yes", "It rules out the letter to the authors."),
        ),
    ),
    say(
        "2025-03-18 09:40", "gwen", "question", "w-skilled",
        """And her means? I am told: next. I'm only asking so that it stands here with a date on it.""",
        re("+1d", "lucia", """It stands. I'll bring it when somebody has a wording that isn't a number of machines."""),
    ),
    say(
        "2025-05-12 13:10", "siewling", "technical", "terms-no-extra",
        """A case from procurement: terms refer to a use policy *as updated from time to time*. Is the policy one of the terms as of the day of the
        copy, or as of today?""",
        re("+2h", "hamish", """As of any day, I'd say: a term that can be changed by one side is already a limit. The Gemma terms worked that way,
           by reference; so do several others in my file."""),
        re("+1d", "rafael", """A user who may lose a freedom tomorrow doesn't have it today. I'd support saying so here, in a line.""", kind="support"),
        re("+2d", "aisha", """As somebody who has had to re-read a policy three times in a year: please."""),
        quote="a policy that the terms refer to",
    ),
    say(
        "2025-06-16 08:00", "zanele", "general", "PF-CODE",
        """We ran the definition over twenty-six systems for the yearly report. Fourteen fail on data information, nine of these on
        *filtered*. Five fail on code, each time because the settings of the last training stage were missing.""",
        re("+3h", "pieter", """The last stage is where the secrets are: what people call alignment is mostly settings and a few thousand examples."""),
        re("+1d", "yuki", """Then the example should name it. I can't add it by an editorial change; whoever cares, propose it.""", kind="editorial"),
        re("+2d", "mei", """I'll draft something. It will take me a while: we are in the middle of a training run."""),
    ),
    propose(
        "data-itself", "2025-09-01 09:00", "gwen", "Require what is public to be handed over, and not only listed",
        """Ballot 7 asked for all data, and that shut out medicine. This asks only for the part that anybody could fetch on the day of
        training: hand over a copy, or a way to get the same bytes. Lists rot; of the addresses in the lists that we
        checked, one in five was gone within a year.""",
        reword("pf-data-public", """all training data that is open to the public, as a copy or by a way to fetch the same data, with a list
               of where each part of it was found;"""),
        seconds=(("+1h", "anneli"), ("+2h", "carmen"), ("+1d", "lotte"), ("+1d", "mira")),
    ),
    say(
        "2025-09-01 14:30", "dara", "objection", "p:data-itself",
        """I may read a page in order to learn from it in one country, may not republish it in that same country, and *a copy* is
        republishing. You ask me to break the law in order to be open. Remedy: a hash of each part, so that whoever
        fetches it can tell whether it is the same.""",
        re("+2h", "gwen", """*Or by a way to fetch the same data*, Dara. Hashes are such a way, when the pages are still there."""),
        re("+5h", "dara", """And when they aren't, I must have kept the copy that I may not give."""),
        re("+1d", "wen", """There's law for libraries and archives. A copy kept by one of these and read on site could count as a way.""",
           kind="technical"),
        re("+1d3h", "khadija", """نحن مستعدون. We are ready to. Ask us.""", kind="support"),
        re("+2d", "helga", """Hashes of personal pages are personal data in my jurisdiction. I say it with regret."""),
    ),
    Balloted(
        "data-itself", "2025-09-15 12:00", "2025-09-29 12:00", "ana", "two_thirds",
        "Shall public training data be handed over and not only listed?", (27, 24, 2),
        (
            ("gwen", "yes", "Lists rot."),
            ("anneli", "yes", "Flour, at last; at least the public flour."),
            ("mira", "yes", "Whoever may take it can bear to show it."),
            ("dara", "no", "A copy is republishing."),
            ("helga", "no", "Right in aim, and I can't square it with the law of persons."),
            ("chloe", "no", "A list with dates and hashes would have had my vote."),
            ("hamish", "yes", "It asks only for what anybody could have had."),
            ("ewan", "no", "I don't see a small firm doing that."),
        ),
    ),
    say(
        "2025-09-29 13:00", "chloe", "general", "b:data-itself",
        """27 to 24: not carried, and again with a majority. I'll try to write what I would have voted for: when it was fetched, how much, and a
        check that it's the same. It may take until next year.""",
        re("+1h", "gwen", """I'll second it if the check is a real one."""),
        re("+1d", "helga", """And I'll tell you where it meets the law of persons, early this time."""),
    ),
    say(
        "2026-01-19 11:00", "oksana", "technical", "pf-data-all",
        """Two years after I withdrew my proposal on generated data: in our newest model it's seventy per cent. *Where it comes from* is now
        mostly a program.""",
        re("+2h", "anneli", """*Openness can be laundered in one step*: I wrote that here in 2024 and hoped to be wrong."""),
        re("+1d", "liam", """Doctor now, still on the observers' bench. Of the twenty-six systems, eleven learned from generated data and three say
           from which generator.""", kind="technical"),
        re("+1d5h", "thiru", """Congratulations, Doctor. Oksana, bring it back; this time the group has nothing else to finish first.""", kind="support"),
        quote="where it comes from",
    ),
    propose(
        "settings-named", "2026-03-09 09:00", "mei", "Name the settings of every stage, and the versions of libraries",
        """The yearly report found five systems that failed on the settings of their last stage alone. Marek asked in 2024 for versions.
        Both belong in the example, where people look.""",
        reword("pf-code-eg", """Where they were used, this covers the code that prepares data, the code for each stage of training with the
               arguments and settings of that stage, validation and testing, supporting libraries with their versions, such as
               tokenisers and searches for hyperparameters, the code for inference, and the architecture of the model."""),
        seconds=(("+1h", "pieter"), ("+2h", "marek"), ("+1d", "zanele"), ("+1d", "ravi")),
    ),
    propose(
        "seeds-too", "2026-03-11 16:00", "priya", "Name the seeds and the order of the data",
        """Arguments and settings, yes; but the order in which the examples came and the seeds of the random numbers are what decides whether
        two runs can be compared at all. They are a line in a log.""",
        reword("pf-code-eg", """Where they were used, this covers the code that prepares data, the code for training with its arguments, settings and
               random seeds and the order of the examples, validation and testing, supporting libraries such as tokenisers and searches
               for hyperparameters, the code for inference, and the architecture of the model."""),
        seconds=(("+1d", "haruto"), ("+1d", "carmen")),
    ),
    say(
        "2026-03-12 09:20", "mei", "general", "p:seeds-too",
        """Yours and mine change the same words. Shall we join them, or let the group have both in turn?""",
        re("+3h", "priya", """In turn. Yours is undisputed; mine isn't. I'll carry mine over when yours is in."""),
        re("+1d", "haruto", """For large runs the order depends on which machine failed when. A log of it has half a terabyte.""", kind="technical"),
    ),
    Balloted(
        "settings-named", "2026-03-16 12:00", "2026-03-30 12:00", "tomasz", "consensus",
        "Shall the example on code name each stage's settings and the versions of libraries?", (36, 1, 4),
        (
            ("mei", "yes", "Five of twenty-six."),
            ("marek", "yes", "Versions go into a device file anyway."),
            ("dara", "yes", "We publish them already."),
            ("oksana", "no", "Examples grow until they are conditions."),
        ), noes_max=3,
    ),
    say(
        "2026-03-31 10:00", "yuki", "editorial", "p:seeds-too",
        """The clause has new words since yesterday, in the same places as yours. Carrying yours over needs you to say how the two go
        together; I don't want to guess.""",
        re("+2d", "priya", """I know. I'd like to hear Haruto's half a terabyte out first."""),
    ),
    say(
        "2026-05-18 15:00", "ewan", "question", "PRE",
        """A supplier of ours published everything, got the name, sold a great many counters, and took the repository down this spring. Are we
        still using an Open Source system?""",
        re("+1h", "beatriz", """We had the same. A footnote, once again."""),
        re("+3h", "hamish", """You have what you received, if you received it. Those who come now have nothing."""),
        re("+1d", "farah", """For spare parts of machines there are ten years in law. One could do worse than to think in years.""", kind="technical"),
        re("+2d", "ewan", """Then I'll try to write it. It'd be my first proposal."""),
        quote="cannot reach the form of the system",
    ),
]
