using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Daemon;

public sealed class Detecting_capabilities
{
    private readonly HashSet<string> _installed = [];
    private bool _hasPip = true;

    [Fact, Trait("spec", "DR-21")]
    public async Task Without_node_and_python_there_are_five_in_their_order() =>
        (await Kinds()).ShouldBe(["native", "http", "host-binary", "workarea", "mcp-server"]);

    [Fact, Trait("spec", "DR-21")]
    public async Task With_both_there_are_seven_in_their_order()
    {
        _installed.UnionWith(["node", "npm", "python3"]);

        (await Kinds()).ShouldBe(["native", "http", "host-binary", "workarea", "npm", "python-pip", "mcp-server"]);
    }

    [Fact]
    public async Task An_interpreter_that_cannot_install_anything_does_not_count()
    {
        _installed.UnionWith(["node", "python3"]);
        _hasPip = false;

        (await Kinds()).ShouldBe(["native", "http", "host-binary", "workarea", "mcp-server"]);
    }

    [Fact]
    public async Task A_search_that_fails_or_finds_nothing_counts_as_absent()
    {
        var failing = new CapabilityDetection(static _ => throw new UnauthorizedAccessException(), static (_, _, _) => Task.FromResult(true));
        var empty = new CapabilityDetection(static _ => "", static (_, _, _) => Task.FromResult(true));

        (await failing.Detect(CancellationToken.None)).Count.ShouldBe(5);
        (await empty.Detect(CancellationToken.None)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_was_found_is_kept_until_the_timer_looks_again()
    {
        var clock = new SteppedClock();
        using var capabilities = new MachineCapabilities(Detection(), Configuration(), clock, NullLogger<MachineCapabilities>.Instance);
        (await capabilities.Kinds()).Count.ShouldBe(5);

        _installed.UnionWith(["node", "npm"]);
        (await capabilities.Kinds()).Count.ShouldBe(5);
        clock.Advance(MachineCapabilities.Interval);

        await Becomes(capabilities, 6);
    }

    [Fact]
    public async Task A_reload_of_the_configuration_looks_again()
    {
        var configuration = Configuration();
        using var capabilities = new MachineCapabilities(Detection(), configuration, TimeProvider.System, NullLogger<MachineCapabilities>.Instance);
        (await capabilities.Kinds()).Count.ShouldBe(5);

        _installed.Add("python3");
        configuration.Replace(configuration.Current);

        await Becomes(capabilities, 6);
    }

    [Fact]
    public async Task Whoever_asks_while_it_looks_again_is_told_what_was_found_before()
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new SemaphoreSlim(0);
        var configuration = Configuration();
        var detection = new CapabilityDetection(
            program => _installed.Contains(program) ? "/bin/" + program : null,
            (_, _, _) =>
            {
                asked.Release();
                return answer.Task;
            });
        using var capabilities = new MachineCapabilities(detection, configuration, TimeProvider.System, NullLogger<MachineCapabilities>.Instance);
        (await capabilities.Kinds()).Count.ShouldBe(5);

        _installed.Add("python3");
        configuration.Replace(configuration.Current);
        (await asked.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();

        (await capabilities.Kinds()).Count.ShouldBe(5);
        answer.SetResult(true);
        await Becomes(capabilities, 6);
    }

    private static async Task Becomes(MachineCapabilities capabilities, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await capabilities.Kinds()).Count != count)
            await Task.Delay(10, deadline.Token);
    }

    private static ConfigurationInForce Configuration() => new(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a" });

    private CapabilityDetection Detection() => new(
        program => _installed.Contains(program) ? "/bin/" + program : null,
        (program, arguments, _) => Task.FromResult(_hasPip && program == "/bin/python3" && arguments.SequenceEqual(["-m", "pip", "--version"])));

    private Task<IReadOnlyList<string>> Kinds() => Detection().Detect(CancellationToken.None);

    /// <summary>A clock that fires its timers when it is put forward.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((callback, state));
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Advance(TimeSpan by)
        {
            by.ShouldBe(MachineCapabilities.Interval);
            _timers.ForEach(static timer => timer.Callback(timer.State));
        }
    }
}
