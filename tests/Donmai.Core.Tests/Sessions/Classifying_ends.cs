using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Sessions;

public sealed class Classifying_ends
{
    [Fact, Trait("spec", "DR-39")]
    public void An_exit_is_classified_by_its_code()
    {
        SessionOutcome.Of(new ProcessExit { ExitCode = 0 }, null).ShouldBe(new SessionOutcome(SessionState.Completed, null));
        SessionOutcome.Of(new ProcessExit { ExitCode = 7 }, null).ShouldBe(new SessionOutcome(SessionState.Failed, "the worker exited with code 7"));
        SessionOutcome.Of(new ProcessExit { Signal = 9 }, null).ShouldBe(new SessionOutcome(SessionState.Failed, "the worker was ended by signal 9"));
    }

    [Fact, Trait("spec", "DR-59")]
    public void What_was_asked_for_decides_before_how_it_ended()
    {
        var stop = new SessionStopRequest { Mode = SessionStopMode.OperatorCancelled };
        foreach (var exit in new[] { new ProcessExit { ExitCode = 0 }, new() { ExitCode = 1 }, new() { Signal = 9 }, new() { OutcomeUnknown = true } })
            SessionOutcome.Of(exit, stop).ShouldBe(new SessionOutcome(SessionState.Terminated, "operator-cancelled"));
        SessionOutcome.Of(new ProcessExit { Signal = 15 }, new SessionStopRequest { Mode = SessionStopMode.Timeout }).Reason.ShouldBe("timeout");
    }

    [Fact]
    public void An_end_that_nobody_recorded_says_so() =>
        SessionOutcome.Of(new ProcessExit { OutcomeUnknown = true }, null).ShouldBe(new SessionOutcome(SessionState.Failed, "outcome unknown"));

    [Fact]
    public void The_workers_own_words_are_the_reason()
    {
        var record = new WorkerExitRecord { Status = "failed", Error = "no such branch: main2" };

        SessionOutcome.Of(new ProcessExit { ExitCode = 1, Record = record }, null).Reason.ShouldBe("no such branch: main2");
    }

    [Fact]
    public void A_worker_that_was_told_to_stop_by_its_orchestrator_was_terminated() =>
        SessionOutcome.Of(new ProcessExit { ExitCode = 5, Record = new WorkerExitRecord { Status = "stopped", ExitReason = "stop-requested" } }, null)
            .ShouldBe(new SessionOutcome(SessionState.Terminated, "stop-requested"));
}
