namespace Donmai.Worker.Sessions;

/// <summary>What a worker has before it knows what is to be done.</summary>
/// <param name="Options">The command line.</param>
/// <param name="Places">Where the files are.</param>
/// <param name="Record">The record directory, held.</param>
/// <param name="Identity">The worker's process.</param>
/// <param name="Redaction">Hides secrets.</param>
/// <param name="Log">The worker's log.</param>
/// <param name="Stop">Why the session is to end early.</param>
/// <param name="Details">Where the detail comes from.</param>
/// <param name="Journal">Writes down how far the session is.</param>
internal sealed record WorkerStart(
    WorkerOptions Options,
    WorkerPlaces Places,
    RecordDirectory Record,
    WorkerIdentity Identity,
    Redaction Redaction,
    WorkerLog Log,
    SessionStop Stop,
    ISessionDetailSource Details,
    SessionJournal Journal);
