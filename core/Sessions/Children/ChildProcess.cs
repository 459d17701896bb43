using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Sessions.Children;

/// <summary>
/// A child process in its own process group, with pipes on its three standard streams (worker.md §4.0 CP-4 to CP-8). Its exit is collected
/// as soon as it happens; signals are never sent to a process that was already collected, whose number may belong to somebody else.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int WaitingThreadStack = 256 * 1024;

    private static readonly ConcurrentDictionary<int, ChildProcess> Living = new();

    private readonly TaskCompletionSource<ChildExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _collecting = new();
    private bool _collected;

    private ChildProcess(int pid, Stream input, Stream output, Stream error)
    {
        Pid = pid;
        StandardInput = input;
        StandardOutput = output;
        StandardError = error;
    }

    /// <summary>Process id, which is also the id of its process group.</summary>
    public int Pid { get; }

    /// <summary>Written by us, read by the child; broken once the child is gone.</summary>
    public Stream StandardInput { get; }

    /// <summary>What the child writes.</summary>
    public Stream StandardOutput { get; }

    /// <summary>What the child complains about.</summary>
    public Stream StandardError { get; }

    /// <summary>How it ended, as soon as it has.</summary>
    public Task<ChildExit> Exited => _exited.Task;

    /// <summary>Starts a program.</summary>
    /// <exception cref="ChildStartException">The system refused; nothing runs.</exception>
    public static ChildProcess Start(ChildProcessStart start)
    {
        PosixChildren.Pipe(out var childInput, out var input);
        PosixChildren.Pipe(out var output, out var childOutput);
        PosixChildren.Pipe(out var error, out var childError);
        var streams = (Input: Stream(input, PipeDirection.Out), Output: Stream(output, PipeDirection.In), Error: Stream(error, PipeDirection.In));
        try
        {
            var child = new ChildProcess(
                ChildSpawn.Start(start, childInput, childOutput, childError), streams.Input, streams.Output, streams.Error);
            child.Watch();
            return child;
        }
        catch (ChildStartException)
        {
            streams.Input.Dispose();
            streams.Output.Dispose();
            streams.Error.Dispose();
            throw;
        }
        finally
        {
            _ = PosixChildren.Close(childInput);
            _ = PosixChildren.Close(childOutput);
            _ = PosixChildren.Close(childError);
        }
    }

    /// <summary>Sends SIGTERM to the process group.</summary>
    public void TerminateGroup() => SignalGroup(Terminate);

    /// <summary>Sends SIGKILL to the process group.</summary>
    public void KillGroup() => SignalGroup(Kill);

    /// <summary>Sends a signal to the process group, unless the child has already ended.</summary>
    /// <param name="signal">Signal number.</param>
    public void SignalGroup(int signal)
    {
        lock (_collecting)
            if (!_collected)
                _ = PosixChildren.Kill(-Pid, signal);
    }

    /// <summary>Closes our ends of the pipes. The process itself goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseInput();
        await StandardOutput.DisposeAsync();
        await StandardError.DisposeAsync();
    }

    /// <summary>Tells the child that nothing more will be written.</summary>
    public ValueTask CloseInput() => StandardInput.DisposeAsync();

    /// <summary>Whether <paramref name="pid"/> is a child that is still to be collected by its own object.</summary>
    internal static bool IsOurs(int pid) => Living.ContainsKey(pid);

    private static AnonymousPipeClientStream Stream(int descriptor, PipeDirection direction) =>
        new(direction, new SafePipeHandle(descriptor, ownsHandle: true));

    private void Watch()
    {
        Living[Pid] = this;
        new Thread(Collect, WaitingThreadStack) { IsBackground = true, Name = $"wait for {Pid}" }.Start();
    }

    private unsafe void Collect()
    {
        var details = stackalloc byte[PosixChildren.OpaqueSize];
        while (PosixChildren.WaitId(PosixChildren.ProcessById, Pid, details, PosixChildren.Exited | PosixChildren.LeaveWaitable) != 0
            && Marshal.GetLastPInvokeError() == PosixChildren.InterruptedCall)
        {
        }

        int status;
        lock (_collecting)
        {
            while (PosixChildren.WaitPid(Pid, out status, 0) < 0 && Marshal.GetLastPInvokeError() == PosixChildren.InterruptedCall)
            {
            }

            _collected = true;
            Living.TryRemove(Pid, out _);
        }

        var signal = status & 0x7f;
        _exited.SetResult(signal == 0 ? new ChildExit((status >> 8) & 0xff, null) : new ChildExit(null, signal));
    }
}
