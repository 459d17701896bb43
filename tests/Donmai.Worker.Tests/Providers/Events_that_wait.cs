using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Tests.Providers;

public sealed class Events_that_wait : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("spec", "WK-56")]
    public async Task What_does_not_fit_into_memory_waits_on_the_disk_in_order_and_leaves_nothing()
    {
        using var queue = new EventQueue(_place.Root, limit: 10_000);
        var texts = Enumerable.Range(1, 1000).Select(static number => $"{number} {new string('x', number)}").ToList();
        texts.ForEach(text => queue.Add(new AssistantTextEvent { Text = text }));
        queue.Spilled.ShouldBeGreaterThan(900);
        Directory.GetFiles(_place.Root).ShouldBeEmpty();

        queue.Add(new ResultEvent { Success = true, Cost = new() { InputTokens = 5 } });
        queue.Complete();
        var events = await All(queue);

        events.OfType<AssistantTextEvent>().Select(static said => said.Text).ShouldBe(texts);
        events[^1].ShouldBeOfType<ResultEvent>().Cost!.InputTokens.ShouldBe(5);
        queue.Spilled.ShouldBe(0);
    }

    [Fact, Trait("spec", "WK-56")]
    public async Task Writers_and_reader_at_the_same_time_lose_nothing()
    {
        const int Each = 5000;
        using var queue = new EventQueue(_place.Root, limit: 50_000);
        var reading = Task.Run(() => All(queue));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var number = 0; number < Each; number++)
                queue.Add(new AssistantTextEvent { Text = $"{writer} {number}" });
        })));
        queue.Complete();

        var texts = (await reading).OfType<AssistantTextEvent>().Select(static said => said.Text.Split(' ')).ToList();
        for (var writer = 0; writer < 4; writer++)
            texts.Where(text => text[0] == $"{writer}").Select(static text => int.Parse(text[1])).ShouldBe(Enumerable.Range(0, Each));
    }

    [Fact]
    public async Task A_disk_that_refuses_costs_memory_and_no_event()
    {
        using var queue = new EventQueue(_place.At("nowhere"), limit: 100);
        for (var number = 0; number < 100; number++)
            queue.Add(new AssistantTextEvent { Text = $"{number}" });
        queue.Complete();
        (await All(queue)).Count.ShouldBe(100);
    }

    [Fact, Trait("spec", "WK-56")]
    public async Task A_disk_that_does_not_give_back_what_it_took_is_a_fatal_error_and_the_end()
    {
        using var queue = new EventQueue(_place.Root, limit: 1000);
        for (var number = 0; number < 100; number++)
            queue.Add(new AssistantTextEvent { Text = $"{number}" });
        queue.Spilled.ShouldBeGreaterThan(50);
        Spoil(static file => file.SetLength(file.Length / 2));
        queue.Add(new ResultEvent { Success = true });

        var events = await All(queue);

        events[..^1].Select(static said => ((AssistantTextEvent)said).Text).ShouldBe(Enumerable.Range(0, events.Count - 1).Select(static number => $"{number}"));
        var lost = events[^1].ShouldBeOfType<ErrorEvent>();
        (lost.Fatal, lost.Code).ShouldBe((true, "events_lost"));
        lost.Message.ShouldStartWith("events that waited on the disk could not be read back: ");
        queue.Add(new ResultEvent { Success = true });
        (await All(queue)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Something_else_on_the_disk_is_no_event()
    {
        using var queue = new EventQueue(_place.Root, limit: 1000);
        for (var number = 0; number < 100; number++)
            queue.Add(new AssistantTextEvent { Text = $"{number}" });
        Spoil(static file => file.Write(Enumerable.Repeat((byte)0xff, (int)file.Length).ToArray()));
        (await All(queue))[^1].ShouldBeOfType<ErrorEvent>().Message.ShouldEndWith("the events on the disk are not those that were written");
    }

    [Fact]
    public async Task A_reader_waits_until_it_gives_up()
    {
        using var queue = new EventQueue(_place.Root);
        using var giveUp = new CancellationTokenSource();
        var next = queue.Next(giveUp.Token).AsTask();
        next.IsCompleted.ShouldBeFalse();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    // The file has no name any more; its descriptor leads to it.
    private void Spoil(Action<FileStream> harm)
    {
        var descriptor = Directory.GetFiles("/proc/self/fd").Single(link => new FileInfo(link).LinkTarget?.StartsWith(_place.Root, StringComparison.Ordinal) == true);
        using var file = new FileStream(descriptor, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        harm(file);
    }

    private static async Task<List<AgentEvent>> All(EventQueue queue)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = new List<AgentEvent>();
        while (await queue.Next(bound.Token) is { } next)
            events.Add(next);
        return events;
    }
}
