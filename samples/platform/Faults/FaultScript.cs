using System.Collections.Immutable;
using Donmai.FakePlatform.Requests;

namespace Donmai.FakePlatform.Faults;

/// <summary>What is to go wrong. The first fault that fits a request strikes; those that strike at random come last.</summary>
public sealed class FaultScript
{
    private static readonly Fault Down = new() { Kind = FaultKind.Drop };

    private readonly Lock _gate = new();
    private readonly PlatformClock _clock;
    private readonly List<(Fault Fault, PathPattern Path, int Struck)> _faults = [];
    private Random _random;
    private DateTimeOffset _downUntil;

    internal FaultScript(PlatformClock clock, int seed)
    {
        _clock = clock;
        Reseed(seed);
        _random ??= new Random(seed);
    }

    /// <summary>Whether every connection is dropped at present.</summary>
    public bool IsDown
    {
        get
        {
            lock (_gate)
                return _clock.GetUtcNow() < _downUntil;
        }
    }

    /// <summary>The faults that are still to strike.</summary>
    public ImmutableList<Fault> Pending
    {
        get
        {
            lock (_gate)
                return [.. _faults.Select(static entry => entry.Fault.Count is { } count ? entry.Fault with { Count = count - entry.Struck } : entry.Fault)];
        }
    }

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        if (fault.Count is <= 0 || fault.Percent is < 0 or > 100)
            throw RefusedException.Bad("\"count\" is at least 1, \"percent\" between 0 and 100");
        lock (_gate)
            _faults.Add((fault, new PathPattern(fault.Path), 0));
    }

    /// <summary>Answers the next <paramref name="count"/> requests whose path fits with a status code.</summary>
    public void FailNext(string pathPattern, int count, int status) =>
        Add(new Fault { Kind = FaultKind.Status, Path = pathPattern, Count = count, Status = status });

    /// <summary>Lets the next <paramref name="count"/> requests whose path fits go wrong.</summary>
    public void FailNext(string pathPattern, int count, FaultKind kind) => Add(new Fault { Kind = kind, Path = pathPattern, Count = count });

    /// <summary>Drops every connection for a time, by the platform's clock.</summary>
    public void GoDown(TimeSpan howLong)
    {
        lock (_gate)
            _downUntil = howLong < DateTimeOffset.MaxValue - _clock.GetUtcNow() ? _clock.GetUtcNow() + howLong : DateTimeOffset.MaxValue;
    }

    /// <summary>Ends all faults; the platform is up.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _downUntil = default;
        }
    }

    /// <summary>Begins the random faults anew.</summary>
    public void Reseed(int seed)
    {
        lock (_gate)
            _random = new Random(seed);
    }

    internal Fault? Next(string method, string path)
    {
        lock (_gate)
        {
            if (_clock.GetUtcNow() < _downUntil)
                return Down;
            var fitting = Enumerable.Range(0, _faults.Count).Where(i => Fits(_faults[i], method, path)).ToList();
            foreach (var index in fitting.Where(i => _faults[i].Fault.Percent is null))
                return Strike(index);
            var drawn = fitting.Count == 0 ? 0 : 100 * _random.NextDouble();
            foreach (var index in fitting)
            {
                drawn -= _faults[index].Fault.Percent!.Value;
                if (drawn < 0)
                    return Strike(index);
            }

            return null;
        }
    }

    private static bool Fits((Fault Fault, PathPattern Path, int Struck) entry, string method, string path) =>
        (entry.Fault.Method is null || entry.Fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase)) && entry.Path.Matches(path);

    private Fault Strike(int index)
    {
        var (fault, path, struck) = _faults[index];
        if (fault.Count == struck + 1)
            _faults.RemoveAt(index);
        else
            _faults[index] = (fault, path, struck + 1);
        return fault;
    }
}
