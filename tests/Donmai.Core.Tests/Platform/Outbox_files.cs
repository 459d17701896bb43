using Donmai.Core.Platform;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Platform;

public sealed class Outbox_files : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("donmai-outbox-");
    private readonly OutboxRequests _requests = new("s-1", 7, "https://p.example", TimeProvider.System);

    private string Results => Path.Combine(_place.FullName, "outbox.jsonl");

    public void Dispose() => _place.Delete(recursive: true);

    [Fact, Trait("spec", "WK-27")]
    public void What_is_not_marked_waits_for_who_opens_it_next()
    {
        using (var file = OutboxFile.ForResults(Results, TimeProvider.System))
        {
            file.TryAdd(Completion(), Status()).ShouldBeTrue();
            file.Done(Completion());
            file.Count.ShouldBe(1);
        }

        using var again = OutboxFile.ForResults(Results, TimeProvider.System);
        again.Waiting().ShouldHaveSingleItem().Id.ShouldBe("s-1-7-status");
        again.First()!.Path.ShouldBe("/api/sessions/s-1/status");
        again.All().Select(static item => item.State).ShouldBe([OutboxState.Done, OutboxState.Pending]);
        File.ReadAllText(Results).ShouldNotContain("workerId\":\"w", Case.Sensitive);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Results).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void What_is_given_up_while_it_is_delivered_is_not_sent_after_that_and_does_not_come_back()
    {
        using var delivering = OutboxFile.ForResults(Results, TimeProvider.System);
        delivering.TryAdd(Completion(), Status());
        using (var other = OutboxFile.ForResults(Results, TimeProvider.System))
        {
            other.Discard(Completion());
            other.Discard(Status());
        }

        delivering.IsWaiting(Status()).ShouldBeFalse();
        delivering.Refused(Completion(), "no such session");

        delivering.All().ShouldAllBe(static item => item.State == OutboxState.Discarded);
    }

    [Fact]
    public void Activity_that_is_given_up_while_it_is_delivered_is_gone_for_both()
    {
        var path = Path.Combine(_place.FullName, "activity.jsonl");
        using var delivering = OutboxFile.ForActivity(path, TimeProvider.System);
        delivering.TryAdd(Completion(), Status());
        var underWay = delivering.First()!;
        using (var other = OutboxFile.ForActivity(path, TimeProvider.System))
            other.DiscardAll().ShouldBe(2);

        delivering.Done(underWay);

        delivering.First().ShouldBeNull();
        (delivering.Count, new FileInfo(path).Length).ShouldBe((0, 0));
    }

    [Fact]
    public void A_line_that_was_never_finished_is_cut_off()
    {
        using (var file = OutboxFile.ForResults(Results, TimeProvider.System))
            file.TryAdd(Completion());
        File.AppendAllText(Results, """{"id":"s-1-7-completion","doneAt":"2026-05-""");

        using (var file = OutboxFile.ForResults(Results, TimeProvider.System))
        {
            file.Count.ShouldBe(1);
            file.TryAdd(Status()).ShouldBeTrue();
        }

        using var again = OutboxFile.ForResults(Results, TimeProvider.System);
        again.Waiting().Select(static entry => entry.Kind).ShouldBe(["completion", "status"]);
    }

    [Fact]
    public async Task What_is_written_while_somebody_else_lists_it_is_not_cut_off()
    {
        using var file = OutboxFile.ForResults(Results, TimeProvider.System);
        using var over = new CancellationTokenSource();
        var listing = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                using (var other = OutboxFile.ForResults(Results, TimeProvider.System))
                    other.All();
                await Task.Yield(); // who lists again and again must not keep the one who writes
            }
        });

        const int entries = 200;
        try
        {
            for (var number = 0; number < entries; number++)
                file.TryAdd(_requests.Activity(number, new() { Type = "thought", Content = "x" })).ShouldBeTrue();
        }
        finally
        {
            await over.CancelAsync();
            await listing;
        }

        file.All().Count.ShouldBe(entries);
    }

    [Fact]
    public void Lines_that_cannot_be_read_are_passed_over()
    {
        File.WriteAllText(Results, "nonsense\n{\"id\":7}\n\n{\"id\":\"x\",\"doneAt\":\"never\"}\n{\"kind\":\"status\"}\n");
        using var file = OutboxFile.ForResults(Results, TimeProvider.System);
        file.Count.ShouldBe(0);
        file.TryAdd(Status()).ShouldBeTrue();
        file.First()!.Kind.ShouldBe("status");
    }

    [Fact]
    public void A_refused_request_is_kept_with_its_reason_and_can_wait_again()
    {
        using var file = OutboxFile.ForResults(Results, TimeProvider.System);
        file.TryAdd(Status());
        file.Refused(Status(), "422: \"kind\": no");
        file.Count.ShouldBe(0);
        file.All().ShouldHaveSingleItem().Reason.ShouldBe("422: \"kind\": no");
        file.TryAgain(Status());
        file.TryAgain(Status()); // it waits already
        file.TryAgain(Completion()); // nobody knows it
        file.Waiting().ShouldHaveSingleItem();
        file.First()!.Id.ShouldBe("s-1-7-status");
        file.Done(Status());
        file.All().ShouldHaveSingleItem().State.ShouldBe(OutboxState.Done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_that_was_given_up_waits_no_more_and_the_next_life_knows_it(bool wasRefused)
    {
        using (var file = OutboxFile.ForResults(Results, TimeProvider.System))
        {
            file.TryAdd(Completion(), Status());
            if (wasRefused)
                file.Refused(Status(), "422");
            file.Discard(Status());
            file.Waiting().ShouldHaveSingleItem().Kind.ShouldBe("completion");
        }

        using var again = OutboxFile.ForResults(Results, TimeProvider.System);
        again.Waiting().ShouldHaveSingleItem().Kind.ShouldBe("completion");
        again.TryAgain(Status());
        again.All().Select(static item => (item.State, item.IsOpen)).ShouldBe([(OutboxState.Pending, true), (OutboxState.Discarded, false)]);
    }

    [Fact]
    public void Activity_is_bounded_and_leaves_nothing_behind()
    {
        var path = Path.Combine(_place.FullName, "activity.jsonl");
        using var file = OutboxFile.ForActivity(path, TimeProvider.System, limit: 2000);
        var kept = 0;
        while (file.TryAdd(_requests.Activity(kept + 1, new() { Type = "thought", Content = "x" })))
            kept++;
        kept.ShouldBeInRange(5, 12);
        new FileInfo(path).Length.ShouldBeLessThanOrEqualTo(2000);
        for (var number = 1; number <= kept; number++)
        {
            var first = file.First()!;
            first.Id.ShouldBe($"s-1-7-a{number}");
            file.Done(first);
        }

        file.First().ShouldBeNull();
        new FileInfo(path).Length.ShouldBe(0);
    }

    [Fact]
    public void What_is_written_holds_the_words_as_they_are()
    {
        using var file = OutboxFile.ForResults(Results, TimeProvider.System);
        file.TryAdd(_requests.Completion(new SessionResult { Status = "completed", Summary = "über \"alles\"\n😀" }));
        file.First()!.Body.Text.ShouldContain("summary");
        System.Text.Json.JsonDocument.Parse(file.First()!.Body.Text).RootElement.GetProperty("summary").GetString().ShouldBe("über \"alles\"\n😀");
    }

    private OutboxEntry Completion() => _requests.Completion(new SessionResult { Status = "completed", Summary = "Done." });

    private OutboxEntry Status() => _requests.Status(new SessionResult { Status = "completed" });
}
