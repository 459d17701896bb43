namespace Donmai.Worker.Workareas;

/// <summary>A mirror held for the time of one clone.</summary>
/// <param name="Root">Its place; <see langword="null"/> when it could not be had.</param>
/// <param name="Held">The lock.</param>
internal sealed record BorrowedMirror(string? Root, FileStream? Held) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Held?.DisposeAsync() ?? ValueTask.CompletedTask;
}
