using Donmai.Core.Daemon;

namespace Donmai.Core.Workareas;

/// <summary>The disk that work trees are made on (daemon-runtime.md §7: no session is begun when it is nearly full).</summary>
/// <param name="state">Where work trees lie.</param>
/// <param name="configuration">The floor, <see cref="DaemonConfiguration.MinFreeDiskMb"/>; 0 does not look.</param>
public sealed class WorktreeVolume(StateDirectory state, IDaemonConfiguration configuration)
{
    private const long BytesPerMebibyte = 1024 * 1024;

    /// <summary>Why no session can be begun now, in one line; <see langword="null"/> when there is room.</summary>
    public string? Refusal()
    {
        var floor = configuration.Current.MinFreeDiskMb;
        if (floor <= 0)
            return null;
        var free = FreeMebibytes();
        return free < floor
            ? $"too little free disk: {free} MiB are free on the volume of {state.Worktrees}, and capacity.minFreeDiskMb asks for {floor}"
            : null;
    }

    /// <summary>MiB that are free to this user.</summary>
    public long FreeMebibytes()
    {
        // The directory itself may be gone; its volume is that of the nearest parent.
        var directory = new DirectoryInfo(state.Worktrees);
        while (!directory.Exists && directory.Parent is { } parent)
            directory = parent;
        return new DriveInfo(directory.FullName).AvailableFreeSpace / BytesPerMebibyte;
    }
}
