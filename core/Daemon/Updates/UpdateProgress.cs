using Donmai.Daemon;

namespace Donmai.Core.Daemon.Updates;

/// <summary>How far the update that is under way has come; for whoever shows it.</summary>
public sealed class UpdateProgress
{
    internal const string Checking = "checking";
    internal const string Downloading = "downloading";
    internal const string Verifying = "verifying";
    internal const string Draining = "draining";
    internal const string Installing = "installing";

    private UpdateStep? _step;

    /// <summary>The present step; <see langword="null"/> when no update is under way.</summary>
    public UpdateStep? Current => Volatile.Read(ref _step);

    internal void Enter(string phase, string version = "") => Volatile.Write(ref _step, new UpdateStep { Phase = phase, Version = version });

    internal void Leave() => Volatile.Write(ref _step, null);
}
