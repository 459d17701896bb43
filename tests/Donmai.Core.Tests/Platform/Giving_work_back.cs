using System.Text.Json;
using Donmai.Core.Platform;
using Donmai.Daemon;
using Donmai.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Platform;

public sealed class Giving_work_back
{
    private static readonly string[] Required = ["sessionId", "issueId", "issueIdentifier", "priority", "queuedAt"];

    [Fact, Trait("spec", "PA-23")]
    public void An_item_with_the_five_keys_goes_back_to_the_letter()
    {
        const string item = """ { "priority" : 0, "queuedAt":1779096600123,  "sessionId":"s1","issueId":"","issueIdentifier":"A-1","x":1.50 } """;

        ReturnedWork.Of(new JsonText(item)).Text.ShouldBe(item);
    }

    [Theory, Trait("spec", "PA-23")]
    [InlineData("{}", """{"sessionId":"","issueId":"","issueIdentifier":"","priority":0,"queuedAt":0}""")]
    [InlineData("""{"sessionId":"s1"}""", """{"issueId":"","issueIdentifier":"","priority":0,"queuedAt":0,"sessionId":"s1"}""")]
    public void Missing_keys_are_added_with_nothing_in_them(string item, string returned) => ReturnedWork.Of(new JsonText(item)).Text.ShouldBe(returned);

    [Fact, Trait("spec", "PA-23")]
    public void Whatever_an_item_has_comes_back_as_it_was() => Prop.ForAll(Items(), static fields =>
        {
            var item = "{" + string.Join(",", fields.Select(static field => $"\"{field.Name}\":{field.Value}")) + "}";
            using var returned = JsonDocument.Parse(ReturnedWork.Of(new JsonText(item)).Text);
            return fields.All(field => returned.RootElement.GetProperty(field.Name).GetRawText() == field.Value)
                && Required.All(key => returned.RootElement.TryGetProperty(key, out _))
                && returned.RootElement.EnumerateObject().Select(static field => field.Name).Distinct(StringComparer.Ordinal).Count()
                    == returned.RootElement.EnumerateObject().Count();
        })
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(RefusalReason.AtCapacity, DaemonState.Running, "at-capacity", true)]
    [InlineData(RefusalReason.NotAccepting, DaemonState.Paused, "paused", true)]
    [InlineData(RefusalReason.NotAccepting, DaemonState.Draining, "draining", true)]
    [InlineData(RefusalReason.NotAccepting, DaemonState.Updating, "draining", true)]
    [InlineData(RefusalReason.NotAccepting, DaemonState.Recovering, "not-running", true)]
    [InlineData(RefusalReason.NotAllowed, DaemonState.Running, "not-allowed", false)]
    [InlineData(RefusalReason.Invalid, DaemonState.Running, "invalid", false)]
    [InlineData(RefusalReason.Duplicate, DaemonState.Running, "duplicate", false)]
    [InlineData(RefusalReason.WorkerStart, DaemonState.Running, "spawn-failed", false)]
    [InlineData(RefusalReason.NoProvider, DaemonState.Running, "spawn-failed", false)]
    [InlineData(RefusalReason.DiskFull, DaemonState.Running, "spawn-failed", false)]
    [InlineData(RefusalReason.Failed, DaemonState.Running, "spawn-failed", false)]
    public void Refusals_have_a_word_for_programs(string refusal, DaemonState state, string reason, bool momentary) =>
        (NackReason.Of(refusal, state), NackReason.IsMomentary(NackReason.Of(refusal, state))).ShouldBe((reason, momentary));

    [Fact]
    public void The_reason_has_the_word_and_the_sentence() =>
        NackReason.Sentence(NackReason.AtCapacity, "at capacity (4/4 sessions)").ShouldBe("accept work failed: at-capacity: at capacity (4/4 sessions)");

    private static Arbitrary<(string Name, string Value)[]> Items()
    {
        var names = Gen.Elements([.. Required, "title", "x", "PRIORITY"]);
        var values = Gen.Elements("0", "1.50", "\"\"", "\"\\u00fc\"", "null", "true", "{\"a\":[1, 2]}", "1e400");
        return Gen.ArrayOf(names.SelectMany(name => values.Select(value => (Name: name, Value: value))))
            .Select(static fields => fields.DistinctBy(static field => field.Name).ToArray()).ToArbitrary();
    }
}
