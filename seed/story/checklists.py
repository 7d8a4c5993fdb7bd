"""February to April 2024: twenty-two empty rows, the first votes on them, and the form returns."""

from seed.telling import Balloted, Event, add, propose, re, reword, say

EVENTS: list[Event] = [
    say(
        "2024-02-02 17:00", "yuki", "general", "v:0.0.5",
        """The table is in: twenty-two components, four freedoms, eighty-eight question marks. It is meant
        to be filled by the four groups, and not by whoever shouts first in this thread.""",
        re("+3h", "thiru", """A modest wish from a newcomer with a long name: let each group record how sure it
           was. A row where all four hesitated tells us more than one where they all nodded."""),
        re("+1d", "yuki", """Good. They will give a vote and a sentence, and the sentence may be *we don't know*.""",
           kind="support"),
    ),
    say(
        "2024-02-06 09:15", "pieter", "technical", "chk-req",
        """*Inference code* and *benchmark inference code* are one program in every project I have worked on. Is
        the second row there to say something?""",
        re("+2h", "zanele", """It is there because results can't be compared without it: same weights, other prompt
           template, ten points up. For using the system you need only the first."""),
        re("+4h", "pieter", """Then the two rows should be judged differently. Now I see it."""),
    ),
    say(
        "2024-02-07 11:30", "mei", "question", "chk-m-param",
        """Do parameters include the checkpoints on the way? To study how a model came by a habit I need three or
        four of them; to use it I need the last.""",
        re("+1h", "jonas", """At home I keep every thousandth step and throw the rest away. A rule that asked for all
           of them would cost more disk than the training cost power."""),
        re("+1d", "ingrid", """*Main stages* would be a fair measure: where the learning rate changed, where the data
           changed.""", kind="technical"),
    ),
    say(
        "2024-02-08 14:20", "noa", "objection", "chk-d-train",
        """Please let us decide early that this row will not be *required*. Nobody may hand out the scans of my
        group's members. If the data sets are required, every honest system for medicine is out, and those
        that scraped whatever they found are in.""",
        re("+2h", "ravi", """That is our case exactly. Thirty-one hospitals, each with its own consent form, not one
           of which allows publication.""", kind="support"),
        re("+5h", "anneli", """Then such a system isn't open, and that is no insult. Many good things are not open."""),
        re("+9h", "greta", """A clinic that buys it will want to know more than that. I need to find out whether it was
           trained on people like my patients. Description would do; I don't need the scans."""),
        re("+1d", "priya", """Nobody doubts the consent forms. The question is whether a system whose makers can retrain
           it, and nobody else can, gives the freedom to *modify*. Fine-tuning at the edges is modifying, but
           it is not everything."""),
        re("+1d5h", "eli", """In all of this, may somebody ask the patients? Some of us would agree to research use by
           bodies that answer to somebody. *Public or secret* are not the only two choices."""),
        quote="Training datasets",
    ),
    say(
        "2024-02-12 10:10", "salma", "technical", "chk-libs",
        """لأن اللغة العربية تُكتب بلا حركات، فالمُجزِّئ عندنا نصف النموذج. For readers of English: Arabic is written
        without vowels, so for us the tokeniser is half the model. *Other libraries* sounds like an
        afterthought. It is required if anything is.""",
        re("+3h", "voahangy", """For Malagasy it is harder to find a tokeniser than a model. I second that.""", kind="support"),
        re("+1d", "yuki", """The row will say *supporting libraries and tools*, and tokenisers will be named in the clause
           on code.""", kind="editorial"),
    ),
    say(
        "2024-02-15 13:45", "siewling", "question", "CHK",
        """If I put this into a tender, who fills in the table: the supplier, or I? And who signs?""",
        re("+3h", "aisha", """As somebody who answers tenders: the supplier fills it in, the buyer spot-checks, and a wrong row
           is a breach of contract. No new institution needed."""),
        re("+1d", "jeanphilippe", """I would not call it a certificate, then. It's a statement, and the law knows what to do about
           false ones."""),
    ),
    say(
        "2024-02-20 16:00", "tomasz", "general", "CHK",
        """The four groups have answered. Six components were found necessary by every group for at least one
        freedom: preparing data, training and its tests, inference, the libraries under them, the
        architecture, and the parameters. The training data itself had support for *study* and *modify* in
        two groups of four. All sheets are in the minutes.""",
        re("+2h", "carmen", """Two of four is not *unnecessary*. Could the draft say *undecided* where it is undecided?""",
           kind="question"),
        re("+5h", "tomasz", """The draft will say required or optional, because a checklist must. The thread will say
           undecided, because we are."""),
        re("+1d", "lotte", """I sat in one of the two that said yes. We had a system whose makers had published
           everything, and we used it. In the other groups nobody could try what they had not been given."""),
    ),
    propose(
        "bring-back-form", "2024-02-22 09:00", "priya", "Bring back the form that can be changed",
        """In December this group took out the section on how the freedoms become real and promised to come back
        to it when the checklist stands. It stands. One sentence is enough: without access to the form best suited to
        changing the system, the four freedoms are a courtesy. What that form is for systems that learn follows
        in the next clause, as three items that can be argued one at a time.""",
        add("PRE", version="0.0.6", after="terms-no-extra", beside="terms-no-extra"),
        seconds=(("+1h", "anneli"), ("+3h", "gwen"), ("+1d", "sven"), ("+1d2h", "lotte"), ("+2d", "mei")),
    ),
    say(
        "2024-02-22 12:40", "ingrid", "general", "p:bring-back-form",
        """I moved to take the section out, and I'll vote for this. It says *best suited to changing it* and not
        *the makers' own*, and it leaves the three kinds of system alone.""",
        re("+1h", "priya", """Thank you, Ingrid. The December objection can then be marked as addressed.""", kind="support"),
        re("+20h", "dimitar", """From a grid operator: *best suited* for whom? I have two engineers. A research lab has two
           hundred.""", kind="question"),
        re("+1d1h", "rafael", """Forty years of case reading says: for whoever would ordinarily do such changes. I'd leave the
           word alone until somebody brings a case that it gets wrong."""),
    ),
    Balloted(
        "bring-back-form", "2024-02-26 12:00", "2024-03-07 12:00", "ana", "two_thirds",
        "Shall access to the form best suited to changes be the condition of the freedoms?", (36, 5, 3),
        (
            ("priya", "yes", "As promised in December."),
            ("ingrid", "yes", "This wording I can meet."),
            ("hamish", "yes", "It gives a reviewer something to hold terms against."),
            ("paula", "no", "I still don't know what it will cost us, and neither does the text."),
            ("minjae", "no", "A condition whose content is open should not be adopted first."),
            ("farah", "yes", "It says why the checklist is there."),
            ("bruno", "abstain", "I keep the text."),
        ),
    ),
    say(
        "2024-03-11 15:30", "bruno", "editorial", "v:0.0.6",
        """The first draft that comes out of votes. Six components are required, fifteen are welcome. The condition
        is back (ballot 5), and under it stand three new clauses: Data, Code, Model. What the terms for
        parameters should be is marked *to be settled*, because it isn't.""",
        re("+3h", "khadija", """من منظور المكتبات: شكراً على الوضوح. From a library's desk: thank you for saying *to be settled*
           where something is to be settled."""),
        re("+1d", "beatriz", """*Offered to the public*: I run a press with eleven staff and one model that only we use. Is
           that clause about us?""", kind="question"),
        re("+1d4h", "celeste", """It should not be. See my comment on the clause."""),
    ),
    say(
        "2024-03-12 10:05", "celeste", "technical", "TERMS",
        """Programs are Open Source when they are passed to one other person on such terms. *To the public* adds a
        duty to publish, which no Open Source licence knows. A hospital that shares a model with a second
        hospital, freedoms included, would fail for not telling the world.""",
        re("+2h", "anneli", """Reciprocity has always run towards whoever receives a copy, and not towards the public. Agreed.""",
           kind="support"),
        re("+6h", "ibrahim", """But if nobody can see it, nobody can check the claim. I would rather keep it."""),
        re("+1d", "otto", """In a notary's experience a claim is checked by those it is made to. They will have the copy."""),
        quote="offered to the public",
    ),
    say(
        "2024-03-12 14:50", "sunita", "question", "PF-DATA",
        """*Enough detail to act on*: for which act? I can write a licence for a description, but I can't tell
        whether a description is enough.""",
        re("+3h", "dara", """For me the test is practical. Give me the account, a budget and six months: do I end up with
           something that behaves alike?"""),
        re("+8h", "priya", """Which is a test, and better than an adjective. Write it down?""", kind="support"),
        re("+1d", "marek", """Devices law has such a figure: the person with ordinary training in the field. It isn't
           precise, but courts have learned to use it."""),
        quote="enough detail to act on",
    ),
    say(
        "2024-03-13 09:35", "kwabena", "general", "PF-CODE",
        """For our size of project this clause is the easy one: the code is in one repository already. The
        clause above it is a month of work. I say so because the checklist makes them look alike.""",
        re("+5h", "oksana", """The same here. Half of our training scripts fit on a page; the list of radio archives we
           trained on took two winters and three lawyers."""),
    ),
    propose(
        "call-it-weights", "2024-03-14 10:00", "pieter", "Say *weights*, which people know",
        """Everybody outside this room says *weights*. *Model* means three things in this text alone: the item,
        the architecture with its values, and the whole system. Name the item after what is handed over.""",
        reword("PF-PARAM", """**Weights**: the weights of the model, with checkpoints from the main stages of training
               and the last state of the optimiser where these apply."""),
        seconds=(("+2h", "jeanphilippe"), ("+1d", "kofi")),
    ),
    say(
        "2024-03-14 13:20", "thiru", "technical", "p:call-it-weights",
        """A weight multiplies. A bias adds, a normalisation scale does something in between, and a decision tree
        has neither. *Parameters* covers all that is learned. If we name the part after one of its kinds, we
        shall be asked whether the others may be withheld.""",
        re("+1h", "pieter", """In speech nobody withholds a bias and publishes the weights."""),
        re("+3h", "wen", """In court somebody would. A term that leaves a gap will meet the person who needs one."""),
        re("+1d", "hana", """My pupils know *weights* from the news. They have never heard *parameters*.""", kind="support"),
        re("+1d6h", "liam", """The literature is split, for whatever that is worth: *weights* in headlines and *parameters* in
           method sections."""),
    ),
    Balloted(
        "call-it-weights", "2024-03-18 12:00", "2024-03-29 12:00", "tomasz", "simple_majority",
        "Shall the item *Model* be named *Weights*?", (21, 21, 3),
        (
            ("pieter", "yes", "Name it after what people ask for."),
            ("hana", "yes", "It is the word in every classroom."),
            ("kofi", "yes", "I can say it on air."),
            ("thiru", "no", "It names one kind of parameter."),
            ("wen", "no", "A gap in a definition is an invitation."),
            ("yuki", "abstain", "Either can be edited cleanly."),
        ),
    ),
    say(
        "2024-03-29 13:00", "tomasz", "general", "b:call-it-weights",
        """Twenty-one to twenty-one. A simple majority is more yes than no, so it isn't carried. I have no casting
        vote in this group and have never been so glad of it.""",
        re("+1h", "kofi", """Then I shall say *weights* on air and *parameters* in here."""),
        re("+1d", "thiru", """Handsomely put."""),
    ),
    propose(
        "data-required", "2024-03-15 09:20", "anneli", "Require the data sets themselves",
        """Two of four groups found the training data necessary for studying and modifying. Source code is
        required of programs even where it is embarrassing, inconvenient or bought in; whoever can't
        give it can't use the name. I propose the same for data: the data sets, or a way to get the same ones.""",
        reword("PF-DATA", """**Data**: the data sets on which the system was trained, validated and tested, or the means by
               which anybody can obtain the same data sets, with an account of where they came from and of how they
               were chosen, labelled and cleaned."""),
        seconds=(("+2h", "gwen"), ("+5h", "carmen"), ("+1d", "lotte"), ("+1d3h", "mira"), ("+2d", "sven")),
    ),
    say(
        "2024-03-15 11:45", "ravi", "objection", "p:data-required",
        """This ends Open Source medicine on the day it is adopted. There is no *means by which anybody can obtain*
        the records of thirty-one hospitals, and there should not be. Remedy: ask for what a skilled reader needs in
        order to rebuild, and leave the records where they are.""",
        re("+2h", "anneli", """You may keep building it, and give it away. I only ask you not to call it something it is
           not: rebuildable by others."""),
        re("+4h", "noa", """חולים אינם קוד מקור. Patients are not source code. I can't put it in fewer words."""),
        re("+1d", "lotte", """The trouble is that *medical privacy* gets cited by firms that trained on pirated novels. Can
           we write the exception for the first without opening it for the second?""", kind="question"),
        re("+1d3h", "helga", """That is the most useful question in this thread. Some data can't be shared by law; some could be
           but its holder would rather not; some should never have been taken. One word for all three
           helps only the third.""", kind="technical"),
        re("+2d", "ravi", """I would sign a rule which tells those three apart."""),
        re("+2d4h", "dov", """In our corpus the three kinds lie in one directory. It took a year to sort them. It can be done."""),
    ),
    say(
        "2024-03-18 08:30", "mira", "support", "p:data-required",
        """Illustrators learned from a leaked file that our work had been used. A definition that praises
        openness and lets the list of works stay secret would be hard to explain at home.""",
        re("+5h", "dara", """You would get the list under the softer text as well, Mira: *which data sets were used and where
           they came from*."""),
        re("+1d", "mira", """*Scraped from the web* is where mine came from. I want the list to have my name in it."""),
    ),
    Balloted(
        "data-required", "2024-03-19 12:00", "2024-04-02 12:00", "ana", "two_thirds",
        "Shall the training, validation and testing data themselves be required?", (25, 20, 4),
        (
            ("anneli", "yes", "No form that can be changed without what it was made from."),
            ("mira", "yes", "Those whose work is inside should be able to look it up."),
            ("carmen", "yes", "Science that can't be repeated is a press release."),
            ("lotte", "yes", "With an exception to be written, and not before."),
            ("ravi", "no", "It shuts out medicine and lets in the careless."),
            ("noa", "no", "My group's records are not a build dependency."),
            ("joaquin", "no", "The elders lent their voices; they didn't publish them."),
            ("ingrid", "no", "Street scenes are licensed for training and not for copying."),
            ("chloe", "no", "As a deployer I'd take a complete description over an incomplete archive."),
            ("helga", "abstain", "Right aim, and no distinction between what may not and what would rather not be shared."),
            ("nomvula", "abstain", "I keep the text."),
        ),
    ),
    say(
        "2024-04-02 12:40", "ana", "general", "b:data-required",
        """A majority said yes, and it isn't carried: 25 of 45 is under two thirds. Both halves of that sentence
        belong in the minutes. This isn't the last time we vote on it.""",
        re("+1h", "gwen", """I ask that the twenty-five be named in the report to the public, with their reasons."""),
        re("+2h", "ana", """They are on the ballot's page, all of them, with the twenty."""),
        re("+1d", "hamish", """For the next attempt: write Helga's three kinds of data into the text, and I think ten of
           the noes will move."""),
    ),
    propose(
        "five-rows", "2024-03-21 14:10", "zanele", "Require five documents about the data",
        """If the data sets stay optional, the documents about them can't. Five rows, each of which can be answered
        by a text that somebody has to write once: methods, scope, provenance, labelling, cleaning. They
        follow the framework of components that was published this week.""",
        add("chk-i-method", version="0.0.7", kind="row", after="chk-m-param", beside="chk-m-param"),
        add("chk-i-scope", version="0.0.7", kind="row", after="chk-i-method", beside="chk-m-param"),
        add("chk-i-prov", version="0.0.7", kind="row", after="chk-i-scope", beside="chk-m-param"),
        add("chk-i-label", version="0.0.7", kind="row", after="chk-i-prov", beside="chk-m-param"),
        add("chk-i-clean", version="0.0.7", kind="row", after="chk-i-label", beside="chk-m-param"),
        seconds=(("+3h", "greta"), ("+4h", "carmen"), ("+1d", "farah"), ("+2d", "noa")),
    ),
    say(
        "2024-03-21 17:25", "chloe", "support", "p:five-rows",
        """From an insurer that has to answer for its models: those five are what our auditors ask for. Nobody has
        ever asked us for the data.""",
        re("+1h", "olu", """Ours ask for *provenance*, and then for provenance again."""),
        re("+19h", "jonas", """I train at home. Would I have to write five documents?""", kind="question"),
        re("+1d", "zanele", """Five paragraphs in a read-me will do. What matters is that the questions are answered."""),
    ),
    say(
        "2024-03-25 09:50", "celeste", "technical", "p:five-rows",
        """A software licence on a prose document is a category mistake, and all five rows have it: *licence that meets
        the Open Source Definition*. Documents need document terms. I'll not oppose, but let it be mended in
        0.0.8.""",
        re("+2h", "zanele", """I copied the wording of the rows above. Noted for 0.0.8.""", kind="editorial"),
    ),
    Balloted(
        "five-rows", "2024-03-27 12:00", "2024-04-08 12:00", "tomasz", "two_thirds",
        "Shall five documents about the training data be required?", (37, 7, 4),
        (
            ("zanele", "yes", "If not the data, then the truth about it."),
            ("greta", "yes", "I can judge a system by these five."),
            ("noa", "yes", "Description protects patients and informs readers."),
            ("anneli", "no", "Paper in place of the thing."),
            ("mira", "no", "*Scope and characteristics* will never have my name in it."),
            ("minjae", "abstain", "We could write them, and I can't say for others."),
        ),
    ),
    propose(
        "not-to-the-public", "2024-03-28 10:30", "celeste", "Do not require publication",
        """Open Source has never obliged anybody to publish: it says what those may do who receive a copy.
        *To the public* would turn private sharing on free terms into a failure.""",
        reword("TERMS", version="0.0.7"),
        seconds=(("+1h", "anneli"), ("+1d", "rafael"), ("+1d", "hamish"), ("+3d", "paula")),
    ),
    say(
        "2024-03-28 15:15", "ibrahim", "objection", "p:not-to-the-public",
        """Public money pays for many of these systems. *Offered to the public* was the one phrase here that a
        ministry could not talk its way around. Remedy: say it in the preamble, if not here.""",
        re("+3h", "celeste", """I would support a sentence like that as advice, with *should*."""),
        re("+1d", "siewling", """Public money, public terms: a procurement rule can say so, and in my agency it does."""),
        re("+4d", "ibrahim", """I'll let it go, then, on the strength of Siew Ling's answer.""", kind="support"),
    ),
    Balloted(
        "not-to-the-public", "2024-04-02 15:00", "2024-04-10 15:00", "ana", "consensus",
        "Shall *to the public* be dropped from what Open Source AI means?", (39, 2, 5),
        (
            ("celeste", "yes", "Freedoms run to whoever receives a copy."),
            ("ibrahim", "abstain", "My objection was answered, if not satisfied."),
            ("gwen", "no", "What nobody can see nobody can check."),
            ("aisha", "yes", "Small cooperatives share among themselves first."),
        ), noes_max=3,
    ),
    say(
        "2024-04-12 16:45", "nomvula", "editorial", "v:0.0.7",
        """Eleven components are required now, five of them documents about data (ballot 8). *To the public* is gone
        (ballot 9). The three items have moved to the checklist, where they explain its rows; tell me whether
        you miss them above. Parameters are to come under terms in keeping with Open Source principles.""",
        re("+2h", "rafael", """I miss them above. A checklist can be revised by a lesser vote, and *data* should not be
           decided by a lesser vote.""", kind="objection"),
        re("+1d", "hamish", """*In keeping with principles* is soft enough to sleep on. Which principles, kept by whose
           reading?"""),
        re("+1d3h", "nomvula", """Both go on the list for 0.0.8. The items will move back.""", kind="editorial"),
        re("+2d", "grzegorz", """Small thing from the observers' bench: *labeling* has one l in the new rows and two in the clause
           above them.""", kind="editorial"),
    ),
    say(
        "2024-04-12 18:05", "sven", "technical", "chk-i-prov",
        """Provenance should say by what right and not only from where. *Crawled in 2022* is a place.""",
        re("+1d", "oksana", """For radio archives the right was a handshake in 1994. I would write that down, and I fear what
           a lawyer would make of it."""),
        re("+1d2h", "wen", """A lawyer would be grateful to have it written down at all."""),
    ),
]
