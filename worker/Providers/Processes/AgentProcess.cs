using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Providers.Processes;

/// <summary>
/// One run of an agent's program: its lines until the turn is over, and its end with everything it started (worker.md §4.0). Never blocks on
/// a program that does not read its prompt, nor on a helper that keeps the pipes open.
/// </summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int LineLimit = 32 * 1024 * 1024;
    private const int ReadSize = 64 * 1024;

    /// <summary>The most a pipe can hold: what is read beyond it after the program's end was written by somebody else.</summary>
    private const int LargestPipe = 1024 * 1024;

    private static readonly TimeSpan CooperativeGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TerminateGrace = TimeSpan.FromSeconds(5);

    /// <summary>How long the pipes may stay open after the program has ended.</summary>
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    private readonly ChildProcess _child;
    private readonly IAgentHost _host;
    private readonly OutputTail _errors = new();
    private readonly Task _writing;
    private readonly Task _complaints;
    private readonly SemaphoreSlim _ending = new(1, 1);
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private AgentStop? _stopped;
    private bool _disposed;

    private AgentProcess(ChildProcess child, IAgentHost host, string? input)
    {
        _child = child;
        _host = host;
        _host.AgentStarted(child.Pid);
        _writing = input is null ? WriteWhatIsSaid() : Write(input);
        _complaints = ReadErrors();
    }

    /// <summary>Completes with the program's end.</summary>
    public Task<ChildExit> Exited => _child.Exited;

    /// <summary>Process id and group.</summary>
    public int Pid => _child.Pid;

    /// <summary>The last 8 KiB of its standard error.</summary>
    public string Complaints => _errors.ToString();

    /// <summary>Starts the program and begins to write its input.</summary>
    /// <exception cref="AgentStartException">The system refused; nothing runs.</exception>
    public static AgentProcess Start(ChildProcessStart start, string input, IAgentHost host) => StartWith(start, input, host);

    /// <summary>Starts a program that is talked to by <see cref="Say"/>: its input stays open.</summary>
    /// <exception cref="AgentStartException">The system refused; nothing runs.</exception>
    public static AgentProcess Converse(ChildProcessStart start, IAgentHost host) => StartWith(start, input: null, host);

    private static AgentProcess StartWith(ChildProcessStart start, string? input, IAgentHost host)
    {
        try
        {
            return new AgentProcess(ChildProcess.Start(start), host, input);
        }
        catch (ChildStartException refused)
        {
            throw new AgentStartException(refused.Message, refused.IsTransient);
        }
    }

    /// <summary>Writes a line to a program that is talked to, after those before it. Never waits; a program that is gone does not hear it.</summary>
    public void Say(string line) => _said.Writer.TryWrite(line);

    /// <summary>
    /// The lines of its standard output, until it has ended and the pipe is at its end, or has stayed open for two more seconds.
    /// </summary>
    public async IAsyncEnumerable<OutputLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineBuffer(LineLimit);
        var buffer = new byte[ReadSize];
        var patience = PipeGrace;
        long afterEnd = 0;
        while (patience > TimeSpan.Zero || afterEnd <= LargestPipe)
        {
            var started = _host.Clock.GetTimestamp();
            var hasEnded = Exited.IsCompleted;
            var count = await Read(_child.StandardOutput, buffer, patience, cancellationToken);
            if (count == 0)
                break;
            foreach (var line in lines.Take(buffer.AsSpan(0, count)))
                yield return line;
            if (!hasEnded)
                continue;
            patience -= _host.Clock.GetElapsedTime(started);
            afterEnd += count;
        }

        foreach (var line in lines.End())
            yield return line;
    }

    /// <summary>
    /// Completes the program's turn: waits for its end, ends what it left behind, and says how many processes that were.
    /// </summary>
    /// <returns>How the program ended.</returns>
    public async Task<ChildExit> Finish(CancellationToken cancellationToken)
    {
        var exit = await Exited.WaitAsync(cancellationToken);
        await _ending.WaitAsync(CancellationToken.None);
        try
        {
            await Close([]);
        }
        finally
        {
            _ending.Release();
        }

        return exit;
    }

    /// <summary>Ends the program and everything it started: interrupt, TERM, KILL (CP-9). Idempotent.</summary>
    /// <param name="cooperative">Whether an interrupt is worth a second.</param>
    /// <param name="atOnce">Cancelled when there is no time for politeness.</param>
    public async Task<AgentStop> Stop(bool cooperative, CancellationToken atOnce)
    {
        if (_disposed && _stopped is { } gone)
            return gone;
        await _ending.WaitAsync(CancellationToken.None);
        try
        {
            if (_stopped is { } already)
                return already;
            var family = _host.Leftovers.Find(Pid);
            if (cooperative && !await Ends(() => _child.SignalGroup(Interrupt), CooperativeGrace, atOnce))
                await Ends(_child.TerminateGroup, TerminateGrace, atOnce);
            else if (!cooperative)
                await Ends(_child.TerminateGroup, TerminateGrace, atOnce);
            var forced = !Exited.IsCompleted;
            _child.KillGroup();
            await Exited;
            return await Close(family, forced);
        }
        finally
        {
            _ending.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await Stop(cooperative: false, new CancellationToken(canceled: true));
        _ending.Dispose();
    }

    private async Task<AgentStop> Close(IReadOnlyList<ProcessEntry> family, bool forced = false)
    {
        if (_stopped is { } already)
            return already;
        var (killed, alive) = await _host.Leftovers.End(Pid, family);
        if (killed > 0)
            _host.Warn(killed == 1 ? "1 process that the agent left behind was ended" : $"{killed} processes that the agent left behind were ended");
        await Task.WhenAny(_complaints, Task.Delay(PipeGrace, _host.Clock));
        _said.Writer.TryComplete();
        await _child.DisposeAsync();
        await Task.WhenAll(_writing, _complaints);
        _host.AgentEnded(Pid);
        return _stopped = new AgentStop(forced || killed > 0, alive);
    }

    private async Task<bool> Ends(Action signal, TimeSpan grace, CancellationToken atOnce)
    {
        if (Exited.IsCompleted)
            return true;
        if (atOnce.IsCancellationRequested)
            return false;
        signal();
        try
        {
            await Exited.WaitAsync(grace, _host.Clock, atOnce);
            return true;
        }
        catch (Exception unmoved) when (unmoved is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    // 0 at the end of the stream, or when the program has ended and the pipe stays open longer than the given patience.
    private async Task<int> Read(Stream stream, byte[] buffer, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadSome(stream, buffer, giveUp.Token);
        try
        {
            if (!reading.IsCompleted && await Task.WhenAny(reading, Exited) != reading)
                return await reading.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, _host.Clock, cancellationToken);
            return await reading;
        }
        catch (TimeoutException)
        {
            await giveUp.CancelAsync();
            return await reading;
        }
    }

    // A stream that was closed or given up is at its end.
    private static async Task<int> ReadSome(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException or OperationCanceledException)
        {
            return 0;
        }
    }

    // A program that ends or never reads its prompt is no trouble of ours.
    private async Task Write(string input)
    {
        await Task.Yield();
        try
        {
            await _child.StandardInput.WriteAsync(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(input));
            await _child.CloseInput();
        }
        catch (Exception unread) when (unread is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _host.Complaint("the agent did not read its whole prompt");
        }
    }

    private async Task WriteWhatIsSaid()
    {
        await Task.Yield();
        try
        {
            await foreach (var line in _said.Reader.ReadAllAsync())
            {
                await _child.StandardInput.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
                await _child.StandardInput.FlushAsync();
            }
        }
        catch (Exception unheard) when (unheard is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _said.Writer.TryComplete();
        }
    }

    private async Task ReadErrors()
    {
        await Task.Yield();
        var lines = new LineBuffer(OutputTail.Size);
        var buffer = new byte[ReadSize];
        int count;
        while ((count = await ReadSome(_child.StandardError, buffer, CancellationToken.None)) > 0)
        {
            _errors.Take(buffer.AsSpan(0, count));
            foreach (var line in lines.Take(buffer.AsSpan(0, count)).Where(static line => line.SkippedBytes == 0))
                _host.Complaint(line.Text);
        }

        foreach (var line in lines.End().Where(static line => line.SkippedBytes == 0))
            _host.Complaint(line.Text);
    }
}
