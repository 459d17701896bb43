using System.Runtime.CompilerServices;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Turns_that_are_steered : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-112"), Trait("spec", "WK-33")]
    public async Task A_message_that_reaches_the_agent_after_its_turn_begins_another_one_that_is_followed()
    {
        var variables = new WorkerVariables(_bench.Variables);
        var places = WorkerPlaces.Resolve(_bench.Options(), variables);
        var identity = WorkerIdentity.OfThisProcess(TimeProvider.System.GetUtcNow());
        var redaction = new Redaction();
        using var source = new DetailFile(_bench.WriteDetail());
        using var record = RecordDirectory.Open(places, identity);
        using var stop = new SessionStop();
        using var journal = new SessionJournal(record, redaction, stop, TimeProvider.System, NullLogger.Instance);
        await using var latest = new LatestDetail(source, _bench.Detail, TimeProvider.System, NullLogger.Instance);
        await using var inbox = new SessionInbox(source, NullLogger.Instance);
        inbox.Take(new SessionDetail { Inbox = [new InboxMessage { DeliveryId = "s1", Kind = "steer", Text = "Turn left." }] });
        var session = new SessionContext
        {
            Order = WorkOrder.From(_bench.Detail, variables),
            Places = places,
            Variables = variables,
            Record = record,
            Journal = journal,
            Stop = stop,
            Latest = latest,
            Inbox = inbox,
            Redaction = redaction,
            Providers = ProviderCatalog.Of(variables, _bench.Place.At("probes"), TimeProvider.System),
            Leftovers = new Leftovers(false, TimeProvider.System),
            KeepWorktree = WorktreeRetention.Always,
            Identity = identity,
            Settings = _bench.Settings,
            Clock = TimeProvider.System,
            Random = new Random(1),
            Log = NullLogger.Instance,
        };
        var seen = new SessionObservation();
        await using var provider = session.Providers.Resolve("codex");
        provider.Capabilities.SupportsMidTurnInput.ShouldBeTrue();
        using (var limits = new SessionLimits(session, seen))
        {
            await using var agent = new LateEars();
            await new TurnReader(session, provider, seen, limits).Follow(agent, TurnPurpose.Work).WaitAsync(TimeSpan.FromSeconds(20));
        }

        seen.Turns.ShouldBe(2);
        seen.FinalMessage.ShouldContain("turned");
        inbox.TryNext().ShouldBeNull("the agent has it");
    }

    /// <summary>An agent whose first turn ends while a message is on its way to it: the message begins the second.</summary>
    private sealed class LateEars : IAgentHandle
    {
        private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _begun = 1;
        private int _read;

        public string SessionId => "late";

        public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (_read == Volatile.Read(ref _begun))
                yield break;
            _read++;
            if (_read == 1)
            {
                yield return new InitEvent { SessionId = SessionId };
                await _given.Task.WaitAsync(cancellationToken);
            }
            else
            {
                yield return new AssistantTextEvent { Text = "turned" };
            }

            yield return new ResultEvent { Success = true };
            _ended.TrySetResult();
        }

        public async Task Inject(string text, CancellationToken cancellationToken)
        {
            _given.SetResult();
            await _ended.Task.WaitAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken); // its answer takes its time
            Interlocked.Increment(ref _begun);
        }

        public Task<AgentStop> Stop(CancellationToken atOnce) => Task.FromResult(AgentStop.Clean);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
