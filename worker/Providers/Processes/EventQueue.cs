using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>
/// Events between an agent that must not be kept waiting and whoever reads them: nothing is dropped, and above a limit what waits is put on the
/// disk (worker.md §4.3.6 rule 2). A disk that does not give back what it took ends the queue with a fatal error. One reader, any number of writers.
/// </summary>
/// <param name="directory">Private directory for what is put on the disk.</param>
/// <param name="limit">How much may wait in memory, in bytes, roughly.</param>
internal sealed class EventQueue(string directory, long limit = EventQueue.UsualLimit) : IDisposable
{
    /// <summary>64 MiB.</summary>
    public const long UsualLimit = 64L * 1024 * 1024;

    private readonly Lock _access = new();
    private readonly Queue<AgentEvent> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private long _size;
    private EventSpill? _spill;
    private bool _complete;

    /// <summary>How many events are on the disk.</summary>
    public int Spilled
    {
        get
        {
            lock (_access)
                return _spill?.Count ?? 0;
        }
    }

    /// <summary>Adds an event; never waits for the reader. After the end nothing is added.</summary>
    public void Add(AgentEvent happening)
    {
        lock (_access)
        {
            if (_complete)
                return;
            if (!TrySpill(happening) && !_complete)
                Keep(happening);
            Wake();
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        lock (_access)
        {
            if (_complete)
                return;
            _complete = true;
            Wake();
        }
    }

    /// <summary>The next event, as soon as there is one; <see langword="null"/> at the end.</summary>
    public async ValueTask<AgentEvent?> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_access)
            {
                if (_waiting.Count == 0)
                    Recall();
                if (_waiting.TryDequeue(out var next))
                {
                    _size -= SizeOf(next);
                    return next;
                }

                if (_complete)
                    return null;
            }

            await _arrived.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_access)
        {
            _complete = true;
            _spill?.Dispose();
            _spill = null;
        }

        _arrived.Dispose();
    }

    // What follows something on the disk goes there too. A disk that refuses leaves the event in memory.
    private bool TrySpill(AgentEvent happening)
    {
        if (_spill is null && _size < limit)
            return false;
        try
        {
            _spill ??= new EventSpill(directory);
            _spill.Write(happening);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (_spill is { Count: 0 })
                CloseSpill();
            else if (_spill is not null)
                Recall(all: true);
            return false;
        }
    }

    private void Recall(bool all = false)
    {
        try
        {
            while (_spill is { Count: > 0 } spill && (all || _size < limit / 2))
                Keep(spill.Read());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            Lose(unreadable);
        }

        if (_spill is { Count: 0 })
            CloseSpill();
    }

    private void Keep(AgentEvent happening)
    {
        _waiting.Enqueue(happening);
        _size += SizeOf(happening);
    }

    // What is missing may have been the end of the turn: nothing after it can be trusted, so this is the end.
    private void Lose(Exception unreadable)
    {
        CloseSpill();
        Keep(new ErrorEvent { Message = $"events that waited on the disk could not be read back: {unreadable.Message}", Code = "events_lost", Fatal = true });
        _complete = true;
    }

    private void CloseSpill()
    {
        _spill?.Dispose();
        _spill = null;
    }

    private void Wake()
    {
        if (_arrived.CurrentCount == 0)
            _arrived.Release();
    }

    private static long SizeOf(AgentEvent happening) => 200 + (2L * (happening.Raw?.Text.Length ?? 0)) + (2L * happening switch
    {
        AssistantTextEvent said => said.Text.Length,
        ToolResultEvent answered => answered.Content.Length,
        ToolUseEvent use => use.Input?.Text.Length ?? 0,
        SystemEvent notice => notice.Message?.Length ?? 0,
        ErrorEvent error => error.Message.Length,
        _ => 0,
    });
}
