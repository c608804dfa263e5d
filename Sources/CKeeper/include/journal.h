/* What a run's journal holds at most. */
#ifndef KEEPER_JOURNAL_H
#define KEEPER_JOURNAL_H

/* After so many changes of what tasks do, it names no more of them. */
#define KEEPER_MOST_STATES 30000

#endif
