namespace Donmai.Worker.Platform;

/// <summary>What became of the activities of a poster.</summary>
/// <param name="Delivered">Activities that the platform has.</param>
/// <param name="Dropped">Activities that nobody will see: no room, refused, or nobody there to take them.</param>
/// <param name="Kept">Activities that wait in the backlog for the next who sends them.</param>
public sealed record ActivityTally(long Delivered, long Dropped, int Kept);
