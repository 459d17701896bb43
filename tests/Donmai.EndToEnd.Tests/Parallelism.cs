// Most of the time these tests wait: for agents, for time-outs, for a platform that is away.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
