using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// Notices ends by process descriptors (Linux 5.3): one thread waits for all of them. Works for children and for adopted processes alike,
/// costs nothing while nothing ends, and never looks at children of somebody else.
/// </summary>
internal sealed unsafe class PidfdExitWatch : IExitWatch
{
    private const int Batch = 64;
    private const int NoSuchProcess = 3;
    private const int StackSize = 256 * 1024;
    private const ulong StopTicket = 0;

    // struct epoll_event is packed on x64 and aligned elsewhere.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 12 : 16;
    private static readonly int TicketOffset = EventSize - sizeof(ulong);

    private readonly ConcurrentDictionary<ulong, (SessionProcess Process, int Descriptor)> _watched = new();
    private readonly Action<IReadOnlyList<SessionProcess>> _ended;
    private readonly int _epoll;
    private readonly int _stop;
    private readonly Thread _thread;
    private ulong _lastTicket;

    private PidfdExitWatch(int epoll, int stop, Action<IReadOnlyList<SessionProcess>> ended)
    {
        _ended = ended;
        _epoll = epoll;
        _stop = stop;
        Add(stop, StopTicket);
        _thread = new Thread(Wait, StackSize) { IsBackground = true, Name = "session exits" };
        _thread.Start();
    }

    /// <summary>A watch, or <see langword="null"/> where the system has no process descriptors.</summary>
    /// <param name="ended">Told of the ends, on the watch's own thread; must not throw.</param>
    internal static PidfdExitWatch? TryCreate(Action<IReadOnlyList<SessionProcess>> ended)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var own = PosixSessions.OpenProcess(Environment.ProcessId);
        if (own < 0)
            return null;
        _ = PosixChildren.Close(own);
        var epoll = PosixSessions.EpollCreate(PosixSessions.CloseOnExec);
        var stop = PosixSessions.EventCounter(0, PosixSessions.CloseOnExec);
        return epoll < 0 || stop < 0
            ? throw new IOException($"Ends of processes cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}.")
            : new PidfdExitWatch(epoll, stop, ended);
    }

    public void Watch(SessionProcess process)
    {
        var descriptor = PosixSessions.OpenProcess(process.Leader);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != NoSuchProcess)
                throw new IOException($"Process {process.Leader} cannot be watched: {Marshal.GetPInvokeErrorMessage(error)}.");
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Watch._ended([state.Process]), (Watch: this, Process: process), preferLocal: false);
            return;
        }

        var ticket = Interlocked.Increment(ref _lastTicket);
        _watched[ticket] = (process, descriptor);
        try
        {
            Add(descriptor, ticket);
        }
        catch (IOException)
        {
            _watched.TryRemove(ticket, out _);
            _ = PosixChildren.Close(descriptor);
            throw;
        }
    }

    public void Dispose()
    {
        ulong one = 1;
        _ = PosixSessions.Write(_stop, (byte*)&one, sizeof(ulong));
        _thread.Join();
        foreach (var (_, descriptor) in _watched.Values)
            _ = PosixChildren.Close(descriptor);
        _watched.Clear();
        _ = PosixChildren.Close(_stop);
        _ = PosixChildren.Close(_epoll);
    }

    private void Add(int descriptor, ulong ticket)
    {
        var change = stackalloc byte[EventSize];
        // Once: a child that is just being started has copies of all descriptors, so closing ours would not silence it at once.
        *(uint*)change = PosixSessions.EpollInOnce;
        *(ulong*)(change + TicketOffset) = ticket;
        if (PosixSessions.EpollControl(_epoll, PosixSessions.EpollAdd, descriptor, change) != 0)
            throw new IOException($"Ends of processes cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    private void Wait()
    {
        var events = stackalloc byte[Batch * EventSize];
        while (true)
        {
            var count = PosixSessions.EpollWait(_epoll, events, Batch, -1);
            var ended = new List<SessionProcess>(Math.Max(count, 0));
            for (var index = 0; index < count; index++)
            {
                var ticket = *(ulong*)(events + (index * EventSize) + TicketOffset);
                if (ticket == StopTicket)
                    return;
                if (_watched.TryRemove(ticket, out var entry))
                {
                    _ = PosixChildren.Close(entry.Descriptor);
                    ended.Add(entry.Process);
                }
            }

            if (ended.Count > 0)
                _ended(ended);
        }
    }
}
