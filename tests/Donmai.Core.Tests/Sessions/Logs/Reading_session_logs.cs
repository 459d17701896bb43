using Donmai.Core.Daemon;
using Donmai.Core.Sessions.Logs;

namespace Donmai.Core.Tests.Sessions.Logs;

public sealed class Reading_session_logs : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("donmai-logs-");
    private readonly SessionLogs _logs;
    private readonly SessionLogFile _log;
    private readonly SessionLogReader _reader;

    public Reading_session_logs()
    {
        _logs = new SessionLogs(new StateDirectory(_root.FullName), new SessionLogLimits { FileBytes = 1, Files = 3 });
        _log = _logs.Open("s");
        _reader = new SessionLogReader(_logs, TimeProvider.System);
        _log.Begin();
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task All_parts_are_read_in_the_order_they_were_written()
    {
        Write("1\n2\n", "3\n", "4\n5\n");

        (await Read(null)).ShouldBe("1\n2\n3\n4\n5\n");
        (await Read(4)).ShouldBe("2\n3\n4\n5\n");
        (await Read(1)).ShouldBe("5\n");
        (await Read(0)).ShouldBe("");
        (await Read(99)).ShouldBe("1\n2\n3\n4\n5\n");
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_empty() => (await Text(_reader.Read("other", null, Task.CompletedTask))).ShouldBe("");

    [Fact]
    public async Task Following_goes_on_through_parts_that_are_begun_meanwhile()
    {
        var ended = new TaskCompletionSource();
        Write("1\n");
        var following = _reader.Read("s", null, ended.Task).GetAsyncEnumerator();

        (await Next(following)).ShouldBe("1\n");
        Write("2\n", "3\n");
        (await Next(following)).ShouldBe("2\n");
        (await Next(following)).ShouldBe("3\n");
        Write("4\n");
        ended.SetResult();
        (await Next(following)).ShouldBe("4\n");
        (await following.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_part_that_was_dropped_before_it_was_read_is_left_out()
    {
        var ended = new TaskCompletionSource();
        Write("1\n");
        var following = _reader.Read("s", null, ended.Task).GetAsyncEnumerator();
        (await Next(following)).ShouldBe("1\n");

        Write("2\n", "3\n", "4\n", "5\n");
        ended.SetResult();

        (await Next(following)).ShouldBe("3\n");
        (await Next(following)).ShouldBe("4\n");
        (await Next(following)).ShouldBe("5\n");
        (await following.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_line_is_whole()
    {
        Write(new string('x', 300_000) + "\n");

        (await Read(null)).Length.ShouldBe(300_001);
    }

    private static async Task<string> Next(IAsyncEnumerator<string> lines)
    {
        (await lines.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        return lines.Current;
    }

    private static async Task<string> Text(IAsyncEnumerable<string> lines) => string.Concat(await lines.ToListAsync());

    private Task<string> Read(int? tail) => Text(_reader.Read("s", tail, Task.CompletedTask));

    private void Write(params string[] parts)
    {
        foreach (var part in parts)
        {
            if (_log.IsFullFor(1))
                _log.Rotate();
            _log.Append(System.Text.Encoding.UTF8.GetBytes(part));
        }
    }
}
