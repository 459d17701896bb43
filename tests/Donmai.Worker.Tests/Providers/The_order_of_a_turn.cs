using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Tests.Providers;

public sealed class The_order_of_a_turn
{
    private readonly TurnStream _stream = new();

    [Fact, Trait("spec", "WK-34")]
    public void Notices_wait_for_the_session_to_be_named()
    {
        _stream.Take(Notice("hook")).ShouldBeEmpty();
        Kinds(_stream.Take(new InitEvent { SessionId = "a" })).ShouldBe(["InitEvent", "SystemEvent"]);
        Kinds(_stream.Take(Notice("later"))).ShouldBe(["SystemEvent"]);
        _stream.Take(new InitEvent { SessionId = "b" }).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-34")]
    public void A_session_that_is_never_named_keeps_its_notices()
    {
        _stream.Take(Notice("hook"));
        Kinds(_stream.Take(new AssistantTextEvent { Text = "x" })).ShouldBe(["SystemEvent", "AssistantTextEvent"]);
    }

    [Fact, Trait("spec", "WK-34")]
    public void Noise_before_the_session_is_neither_kept_without_end_nor_lost()
    {
        var delivered = Enumerable.Range(0, 1000).SelectMany(number => _stream.Take(Notice($"{number}"))).Count();
        delivered.ShouldBe(1000);
        Kinds(_stream.Take(new InitEvent { SessionId = "a" })).ShouldBe(["InitEvent"]);
    }

    [Fact, Trait("spec", "WK-34")]
    public void Nothing_follows_a_result_and_without_one_there_is_a_fatal_error()
    {
        _stream.Take(Notice("hook"));
        Kinds(_stream.End("claude", new ChildExit(3, null), "gone")).ShouldBe(["SystemEvent", "ErrorEvent"]);

        var ended = new TurnStream();
        ended.Take(new ResultEvent { Success = true }).Count.ShouldBe(1);
        ended.Take(new AssistantTextEvent { Text = "late" }).ShouldBeEmpty();
        ended.End("claude", new ChildExit(3, null), "gone").ShouldBeEmpty();
    }

    private static SystemEvent Notice(string subtype) => new() { Subtype = subtype };

    private static List<string> Kinds(IReadOnlyList<AgentEvent> events) => [.. events.Select(static happening => happening.GetType().Name)];
}
