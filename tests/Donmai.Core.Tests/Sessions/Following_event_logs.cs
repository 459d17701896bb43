using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Core.Tests.Sessions.Processes;
using Donmai.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions;

public sealed class Following_event_logs : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("donmai-events-").FullName;
    private readonly LoggedLines _lines = new();
    private readonly SessionEventLog _log;

    public Following_event_logs() => _log = new SessionEventLog(TimeProvider.System, _lines.CreateLogger<SessionEventLog>());

    private string File => Path.Join(_root, "events.jsonl");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Events_come_as_they_are_written_and_the_rest_comes_after_the_end()
    {
        var ended = new TaskCompletionSource();
        await using var events = _log.Follow(File, 0, ended.Task).GetAsyncEnumerator();

        var first = Next(events);
        first.IsCompleted.ShouldBeFalse("the file is not there yet");
        Append(Text(1));
        (await first.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        events.Current.ShouldBe(Text(1));
        var second = Next(events);
        second.IsCompleted.ShouldBeFalse();
        Append(Text(2), Text(3));
        ended.SetResult();

        (await second.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        events.Current.Seq.ShouldBe(2);
        (await Next(events)).ShouldBeTrue();
        events.Current.Seq.ShouldBe(3);
        (await Next(events)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, "1,2,3,4")]
    [InlineData(2, "3,4")]
    [InlineData(4, "")]
    [InlineData(99, "")]
    public async Task Following_begins_after_any_number(long after, string expected)
    {
        Append(Text(1), Text(2), Text(3), Text(4));

        (await Numbers(after)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_missing_file_is_an_empty_one()
    {
        (await Numbers(0)).ShouldBe("");
        (await _log.LastSeq(File)).ShouldBe(0);
    }

    [Fact]
    public async Task A_torn_last_line_is_left_out_and_comes_once_it_is_whole()
    {
        var ended = new TaskCompletionSource();
        Append(Text(1));
        var line = Json(Text(2));
        System.IO.File.AppendAllText(File, line[..20]);
        (await Numbers(0)).ShouldBe("1");
        (await _log.LastSeq(File)).ShouldBe(1);
        await using var events = _log.Follow(File, 1, ended.Task).GetAsyncEnumerator();
        var next = Next(events);

        System.IO.File.AppendAllText(File, line[20..]);
        ended.SetResult();

        (await next.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue("whole, although without line feed");
        events.Current.ShouldBe(Text(2));
        _lines.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_skipped_and_logged()
    {
        Append(Text(1));
        System.IO.File.AppendAllText(File, "{garbage\n\n{\"kind\":\"from the future\",\"seq\":2}\n{\"seq\":3}\nnull\n[]\n");
        System.IO.File.AppendAllBytes(File, [0xff, 0xfe, (byte)'\n']);
        Append(Text(4));

        (await Numbers(0)).ShouldBe("1,4");
        (await _log.LastSeq(File)).ShouldBe(4);
        _lines.Lines.Count(static line => line.Level == LogLevel.Warning).ShouldBe(5);
    }

    [Fact]
    public async Task A_huge_event_comes_whole()
    {
        var huge = new AssistantTextEvent { Seq = 2, Text = new string('x', 3 * 1024 * 1024) };
        Append(Text(1), huge, Text(3));

        (await Numbers(0)).ShouldBe("1,2,3");
        (await _log.LastSeq(File)).ShouldBe(3);
        System.IO.File.WriteAllText(File, Json(huge) + "\n");
        (await _log.LastSeq(File)).ShouldBe(2);
    }

    [Fact]
    public async Task A_file_replaced_by_its_copy_gives_nothing_twice()
    {
        var ended = new TaskCompletionSource();
        Append(Text(1), Text(2));
        await using var events = _log.Follow(File, 0, ended.Task).GetAsyncEnumerator();
        await Next(events);
        await Next(events);
        var next = Next(events);

        System.IO.File.Copy(File, File + ".copy");
        System.IO.File.Move(File + ".copy", File, overwrite: true);
        Append(Text(3));
        (await next.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        events.Current.Seq.ShouldBe(3);
        next = Next(events);
        System.IO.File.WriteAllText(File, Json(Text(4)) + "\n");
        ended.SetResult();

        (await next.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue("a shorter file is read from its beginning");
        events.Current.Seq.ShouldBe(4);
        (await Next(events)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_log_that_is_set_aside_in_parts_is_one_log()
    {
        var ended = new TaskCompletionSource();
        Append(Text(1), Text(2));
        await using var events = _log.Follow(File, 0, ended.Task).GetAsyncEnumerator();
        await Next(events);
        await Next(events);
        var next = Next(events);
        next.IsCompleted.ShouldBeFalse();

        Append(Text(3));
        System.IO.File.Move(File, EventLogParts.PathOf(File, 1));
        Append(Text(4));
        System.IO.File.Move(File, EventLogParts.PathOf(File, 2));
        (await next.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        events.Current.Seq.ShouldBe(3);
        (await Next(events)).ShouldBeTrue();
        events.Current.Seq.ShouldBe(4);
        (await _log.LastSeq(File)).ShouldBe(4);
        Append(Text(5));
        ended.SetResult();
        (await Next(events)).ShouldBeTrue();
        events.Current.Seq.ShouldBe(5);
        (await Next(events)).ShouldBeFalse();

        (await Numbers(2)).ShouldBe("3,4,5");
        (await _log.LastSeq(File)).ShouldBe(5);
        _lines.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_without_numbers_are_numbered_by_their_place()
    {
        System.IO.File.WriteAllText(File, "{\"kind\":\"init\",\"sessionId\":\"a\"}\n{\"kind\":\"assistant_text\",\"text\":\"b\"}\n");

        (await Numbers(0)).ShouldBe("1,2");
    }

    [Fact]
    public async Task Following_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await using var events = _log.Follow(File, 0, new TaskCompletionSource().Task, cancel.Token).GetAsyncEnumerator();
        var next = Next(events);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => next);
    }

    private static AssistantTextEvent Text(long seq) => new AssistantTextEvent { Seq = seq, Turn = 1, Text = $"text {seq}" };

    private static Task<bool> Next(IAsyncEnumerator<AgentEvent> events) => events.MoveNextAsync().AsTask();

    private static string Json(AgentEvent one) => JsonSerializer.Serialize(one, ControlApiJson.Default.AgentEvent);

    private void Append(params AgentEvent[] events) => System.IO.File.AppendAllLines(File, events.Select(Json));

    private async Task<string> Numbers(long after)
    {
        var numbers = new List<long>();
        await foreach (var one in _log.Follow(File, after, Task.CompletedTask))
            numbers.Add(one.Seq);
        return string.Join(',', numbers);
    }
}
