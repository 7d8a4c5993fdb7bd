"""The last weeks and days, told from the time of loading: two open ballots and much to say."""

from seed.telling import Balloted, Event, add, propose, re, reword, say

EVENTS: list[Event] = [
    propose(
        "public-list", "now-40d3h", "chloe", "What must be published about public training data",
        """Twice a majority asked for the public data itself, and twice two thirds were missing. This asks for a list that doesn't rot: where each
        part was found, when it was fetched, how much of it there was, and a check by which anybody can tell whether what they
        fetched is the same. No copies, and nothing about persons that the law wouldn't let stand in a list.""",
        reword("pf-data-public", """a list of all training data that is open to the public: where each part was found, when it was fetched, how much it
               was, and, where the law allows, a checksum by which anybody can tell whether they have fetched the same;"""),
        seconds=(
            ("now-40d", "gwen"), ("now-39d", "greta"), ("now-39d", "dara"), ("now-38d", "carmen"), ("now-35d", "olu"), ("now-33d", "helga"),
        ),
    ),
    say(
        "now-39d20h", "helga", "technical", "p:public-list",
        """As promised, early: *where the law allows* is what I need. For pages about persons a checksum can be personal data; a date and an amount
        aren't.""",
        re("+2h", "chloe", """Then that's how it stands. Thank you for coming in time, this time."""),
        re("+1d", "lotte", """Who says whether the law allows? The one who'd rather not?""", kind="question"),
        re("+1d4h", "helga", """They must say that they rely on it, in the description. Whoever claims it for a collection of weather maps can be laughed at in
           public."""),
    ),
    say(
        "now-37d4h", "mira", "support", "p:public-list",
        """*Where each part was found, and when*: so I can see whether my pictures were taken before or after I had asked for them not to be. That
        date is worth more to me than the file.""",
        re("+5h", "delroy", """Same for recordings. A date is evidence."""),
    ),
    say(
        "now-30d2h", "minjae", "objection", "p:public-list",
        """We train on a public crawl which others have made. *When it was fetched* is known to them and not to us, and *how much* before filtering
        we can't know. Remedy: allow a reference to the list of whoever fetched it.""",
        re("+3h", "chloe", """If their list says these four things, a reference to it *is* the list. I'd read the clause so."""),
        re("+1d", "minjae", """I'd like to read it so as well. Could a note say it?""", kind="question"),
        re("+1d6h", "nomvula", """If it's carried I'll propose the note as an editorial change, and whoever thinks that it's more than that can say so.""",
           kind="editorial"),
        re("+2d", "oksana", """And archives that no longer have the date? *Before the flood of 2009* was good enough once."""),
        quote="when it was fetched",
    ),
    propose(
        "publish-or-say-why", "now-28d", "dara", "List what is public, or say why not",
        """An alternative to Chloé's. The four details are good where somebody has them. Where they are missing, the list shouldn't be worth
        nothing: let it say which are missing, and why.""",
        reword("pf-data-public", """a list of all training data that is open to the public, and where to fetch it; for each part it tells when it was fetched
               and how much it was, or says why this is not known;"""),
        seconds=(("now-27d", "minjae"), ("now-26d", "oksana"), ("now-25d", "haruto")),
    ),
    say(
        "now-27d8h", "gwen", "general", "p:publish-or-say-why",
        """*Says why this is not known* is a door. I know who'll walk through it: the same who walked through *privacy*.""",
        re("+2h", "dara", """It's a door with a name plate. You have to write down that you threw the date away."""),
        re("+1d", "carmen", """I could live with either. With Chloé's I can check; with Dara's I can complain.""", kind="support"),
        re("+1d2h", "gwen", """That's the whole difference, in two sentences."""),
    ),
    propose(
        "settled-time", "now-26d6h", "ewan", "For how long everything must stay within reach",
        """My first proposal. A supplier took down the repository after four years and we're left with counters that nobody can mend. As long as a
        system is offered under the name, and for five years after the last time, what belongs to it must be within
        reach. Whoever gives it to an archive that keeps it is done.""",
        add("reach-time", """What this definition asks for must stay within reach for as long as the system is offered as Open Source AI, and for five years
            after it was last so offered. Handing it to a public archive that undertakes to keep it is enough.""",
            after="PRE", beside="PRE"),
        seconds=(("now-26d", "farah"), ("now-25d", "siewling"), ("now-25d", "kofi"), ("now-24d", "marek")),
    ),
    say(
        "now-25d9h", "jonas", "question", "p:settled-time",
        """I train at home. Five years is longer than any hard disk that I've owned. Does a free archive that might vanish count as *undertakes to keep*?""",
        re("+2h", "khadija", """نعم، المكتبات تتعهّد. Libraries undertake, in writing, and we've been at it for some time.""", kind="support"),
        re("+3h", "ewan", """If the archive promised, and you handed it over, you've done your part. I'd not ask more of you."""),
        re("+1d", "otto", """*Undertakes* is the right word. It means that somebody has signed."""),
    ),
    say(
        "now-24d3h", "rafael", "technical", "p:settled-time",
        """Open Source licences that ask for an offer of source set three years. Five is a new number. Why five?""",
        re("+4h", "ewan", """Because my boats are refitted every five. I've no better reason."""),
        re("+1d", "marek", """For devices it's ten, for machines' parts often ten. Five is modest."""),
        re("+1d3h", "anneli", """A number with boats behind it is better than one with nothing behind it.""", kind="support"),
    ),
    propose(
        "generated-data", "now-21d", "oksana", "Generated data: name the generator",
        """Withdrawn in 2024, when half of new training data was generated; in our newest model it's seventy per cent. For what a system has put
        out, *where it comes from* is that system, its version, and what it was asked to do.""",
        add("pf-data-syn", """for data that a system has put out, which system and version it was and what it was asked to do, in the description of the data
            above;""", kind="item", after="pf-data-third", beside="pf-data-third"),
        seconds=(("now-20d", "mei"), ("now-20d", "thiru"), ("now-19d", "anneli")),
        revised=("now-12d", (
            add("pf-data-syn", """for data that a system has put out: which system and version it was, what it was asked to do, and whether its own data information
                is open.""", kind="item", after="pf-data-third", beside="pf-data-third"),
        )),
    ),
    say(
        "now-20d5h", "thiru", "technical", "p:generated-data",
        """My question of 2024 has become more pressing: if the generator is closed, the trail ends. May the text at least say so aloud?""",
        re("+6h", "oksana", """Shall I add *whether its own data information is open*?""", kind="question"),
        re("+8h", "thiru", """Please do. It opens no door, and it puts a lamp beside it.""", kind="support"),
        re("+8d", "oksana", """Done, in the second revision."""),
    ),
    say(
        "now-18d7h", "pieter", "objection", "p:generated-data",
        """*What it was asked to do* may be forty million instructions. And some terms forbid naming the generator in connection with one's product. Remedy: *the
        kind of instructions*.""",
        re("+3h", "mei", """The kind, with samples. That is what we publish."""),
        re("+1d", "hamish", """I know of no terms that forbid naming the generator. I do know of some which demand it: *Built with* on every page."""),
    ),
    propose(
        "means-public", "now-17d", "fatou", "The means of the person skilled in the field",
        """A year and a half after Gwen put a date on it. I have a wording that isn't a number of machines: the means which are available to the public for
        an ordinary charge. Machines can be rented by anybody; a cluster that belongs to the makers can't.""",
        reword("w-skilled", """**Person skilled in the field.** Somebody with the training that is usual among those who build systems of the kind, with means that anybody
               can obtain at an ordinary charge, and without any knowledge that only the makers have."""),
        seconds=(("now-16d", "lucia"), ("now-16d", "gwen"), ("now-14d", "carmen")),
    ),
    propose(
        "means-none", "now-15d", "haruto", "The person skilled in the field needs no means of her own",
        """An alternative. The test asks whether the *information* is enough. Whether somebody can pay for the machines is another matter, and changes
        every year. Say that means are left out of account.""",
        reword("w-skilled", """**Person skilled in the field.** Somebody with the training that is usual among those who build systems of the kind and without any knowledge that
               only the makers have; the cost of machines is left out of account."""),
        seconds=(("now-14d", "ingrid"), ("now-13d", "dara")),
    ),
    say(
        "now-14d6h", "lucia", "general", "p:means-none",
        """*Left out of account* is how it has always been with us.""",
        re("+2h", "haruto", """I deserved that. But consider: under Fatou's words a very large model can never be Open Source, however much its makers publish."""),
        re("+5h", "fatou", """Unless it can be rented for. At an ordinary charge one can rent a great deal nowadays.""", kind="technical"),
        re("+1d", "lucia", """How much is ordinary?""", kind="question"),
        re("+1d3h", "haruto", """There you have my objection to it, in three words."""),
    ),
    propose(
        "policy-updates", "now-13d4h", "hamish", "A policy that one side can change",
        """From the thread of May 2025. A term which lets one side change the terms later is a limit today.""",
        reword("terms-no-extra", """A term that is attached from outside, such as a policy that the terms refer to, counts as one of the terms. If the supplier can change it
               later for copies already received, the freedoms are not given."""),
        seconds=(("now-13d", "rafael"), ("now-12d", "aisha"), ("now-12d", "siewling"), ("now-11d", "sunita")),
    ),
    say(
        "now-12d5h", "celeste", "technical", "p:policy-updates",
        """*For copies already received* is exactly right: for new copies anybody may change their terms. I'd move a comma, and nothing else.""",
        re("+1h", "hamish", """Tell me which, and I'll revise it.""", kind="question"),
        re("+2h", "celeste", """None. I read it again aloud.""", kind="support"),
    ),
    propose(
        "adapters", "now-11d", "minjae", "Adapters come with their base",
        """I asked in August 2024 whether four megabytes of difference are a model, and it was too early. Now it's half of what's on offer.""",
        add("models-adapter", """An **adapter** is a set of parameters that changes another model. It must name that model, and it is Open Source only together with one that
            is.""", kind="item", after="models-weights", beside="models-weights"),
        seconds=(("now-10d", "mei"), ("now-9d", "pieter")),
    ),
    say(
        "now-10d4h", "rafael", "objection", "p:adapters",
        """A patch under a free licence is free even if the program isn't. You're taking the name away from people whose own work is entirely open. Remedy: let it
        be *an Open Source adapter to a model that isn't*, said in full.""",
        re("+3h", "minjae", """That's seven words on a brochure. They will print the first three."""),
        re("+1d", "mei", """I publish such adapters. I would print all seven, and I see Min-jae's point."""),
    ),
    propose(
        "checkpoints-should", "now-9d", "mei", "Checkpoints: from *may* to *should*",
        """*May cover* says nothing, for one may do anything. *Should* is advice, as the clause on reading says, and it's advice that those who study systems have
        needed since the first draft.""",
        reword("pf-param-eg", """They should include checkpoints from the main stages of training, and the last state of the optimiser."""),
        seconds=(("now-8d", "sven"),),
    ),
    Balloted(
        "public-list", "now-8d5h", "now+3d2h", "ana", "two_thirds",
        "Shall the list of public training data say where, when and how much, with a checksum?", (19, 6, 2),
        (
            ("gwen", "yes", "The check is a real one."),
            ("helga", "yes", "It squares with the law of persons, since the author asked first."),
            ("mira", "yes", "For the date."),
            ("greta", "yes", "A buyer can check it in an afternoon."),
            ("anneli", "yes", "Third time; with less flour and more proof."),
            ("minjae", "no", "We train on a crawl that others made."),
            ("dara", "no", "I prefer my own alternative, and I'd not weep if this one carried."),
            ("oksana", "no", "The flood took the dates."),
            ("ewan", "abstain", "I'm told it is two days' work. I'll do ours first and then vote again."),
        ),
    ),
    say(
        "now-7d20h", "priya", "question", "b:public-list",
        """If this carries, what becomes of Dara's alternative on the same words?""",
        re("+1h", "tomasz", """It would no longer fit the clause, so Dara will be asked whether to carry it over. If this is lost, hers can go to a ballot as it stands."""),
        re("+3h", "dara", """And in the first case I'd withdraw it, so nobody need fear a second round."""),
    ),
    say(
        "now-6d3h", "carmen", "technical", "b:public-list",
        """I tried it on three releases. With dates and amounts I could rebuild one list to ninety-six per cent; with addresses alone, a second one to seventy-one. The third
        listed a single address that answered *gone*.""",
        re("+4h", "greta", """That is the argument that I'll take to our board.""", kind="support"),
        re("+1d", "minjae", """And which of the three had used somebody else's crawl?""", kind="question"),
        re("+1d2h", "carmen", """The first. They referred to the crawl's own list, and it had everything."""),
        re("+2d", "minjae", """I may change my vote. Give me the weekend."""),
    ),
    say(
        "now-5d4h", "noa", "general", "pf-data-public",
        """לא הכול פומבי. A reminder from the patients: *open to the public* must never come to mean *could be found by somebody*. Naledi asked in 2024 and Helga answered; may the answer move
        into the text one day?""",
        re("+2h", "naledi", """It may. I've kept the link."""),
        re("+6h", "eli", """As a note under the clause, perhaps: what the law forbids to publish isn't open to the public, however easily it's found.""", kind="editorial"),
        quote="open to the public",
    ),
    Balloted(
        "settled-time", "now-5d", "now+9d4h", "tomasz", "simple_majority",
        "Shall everything that the definition asks for stay within reach for five years?", (12, 5, 2),
        (
            ("kofi", "yes", "Seed dryers outlive start-ups."),
            ("farah", "yes", "Spare parts have years. So should these."),
            ("marek", "yes", "Five is modest."),
            ("ingrid", "no", "A duty that runs after one has stopped is new in Open Source."),
            ("kwabena", "no", "Who pays for the storage of a cooperative that no longer exists?"),
        ), counts="closed",
    ),
    say(
        "now-4d6h", "kwabena", "objection", "b:settled-time",
        """A firm can promise five years. A students' group that dissolves can't. Remedy: count from the last offer *by somebody who still exists*, or let the archive be the rule and the
        five years the exception.""",
        re("+2h", "ewan", """The archive is there for you: hand it over on the day of the release, and dissolve whenever you like."""),
        re("+5h", "kwabena", """If an archive takes four hundred gigabytes from a students' group. Have you asked one?""", kind="question"),
        re("+1d", "khadija", """سألتُ ثلاثًا. I asked three: two said yes, one asked for a letter."""),
        re("+1d4h", "ewan", """I'll write the letter."""),
    ),
    say(
        "now-3d7h", "leilani", "question", "w-skilled",
        """Two proposals on these words, neither on a ballot. Which should I read first, if I have ten minutes between two lessons?""",
        re("+1h", "lotte", """Fatou's, then Lucía's first comment under Haruto's. You'll have five minutes left."""),
    ),
    say(
        "now-2d9h", "sven", "technical", "pf-data-all",
        """*Processed and filtered* has become the most useful pair of words in this clause: in this year's audits, filters explained more of the differences than sources did. If anybody
        wants to tidy it, ask me first.""",
        re("+3h", "zanele", """The report says the same: nine of fourteen.""", kind="support"),
        quote="processed and filtered",
    ),
    say(
        "now-2d2h", "sunita", "general", "p:policy-updates",
        """Four seconds and no objection in eleven days. Could the chairs put it to a ballot by consensus before the month is out?""",
        re("+2h", "ana", """As soon as the ballot on public data has closed; two at once on data and terms confuse the digest.""", kind="general"),
    ),
    say(
        "now-1d8h", "mei", "technical", "p:checkpoints-should",
        """For those who ask what it costs: our twelve checkpoints take eighty gigabytes, and the final one seven. An archive took them without a word.""",
        re("+2h", "jonas", """Every thousandth step, I said in 2024. It's every ten-thousandth now, and I publish them.""", kind="support"),
    ),
    say(
        "now-1d3h", "minjae", "general", "b:public-list",
        """The weekend is over. I've read the crawl's own list: it has three of the four things. Would *how much* be enough if it's given for the crawl as a whole?""",
        re("+2h", "chloe", """In my reading, yes: *each part* is each part that you chose. If you chose the whole crawl, it is one part.""", kind="general"),
        re("+5h", "carmen", """At the level at which one chose. We've come to the same place for the third time."""),
    ),
    say(
        "now-21h", "tariq", "editorial", "PRE",
        """*Nobody can exercise these freedoms who cannot reach*: a double negative that costs translators an hour in each language. *To exercise these freedoms one must be able to reach* is the
        same, I think.""",
        re("+3h", "solveig", """In Norwegian it's the other way round, but yes. An editorial change?""", kind="question"),
        re("+5h", "bruno", """It is the condition of everything. I'd not call any change to it editorial. Propose it, and I'll be glad to second."""),
        quote="Nobody can exercise these freedoms who cannot reach",
    ),
    say(
        "now-9h", "adaeze", "question", "b:public-list",
        """For a note to members of parliament: what will a yes change for systems that pass today?""",
        re("+1h", "zanele", """Of the twelve that pass under 1.0, seven have dates and amounts already, three could add them within a day, and two no longer know.""", kind="technical"),
        re("+2h", "adaeze", """That's the line that I needed."""),
    ),
    say(
        "now-3h", "farah", "general", "b:public-list",
        """Three days left, and half of the roll has not voted. Whoever is waiting for the last argument: Adaeze's question and Zanele's answer are just above.""",
        edited="""Three days left, and half of the roll hasn't voted. If you are waiting for the last argument: Adaeze's question and Zanele's answer stand just above this.""",
    ),
    say(
        "now-1h10m", "ravi", "support", "b:public-list",
        """Voted after writing our own list: it took an afternoon, for eleven public sets. The hospitals' records stay described and not located, as before.""",
        re("+25m", "noa", """And that is why I could vote yes."""),
    ),
]
