namespace Donmai.Core.Daemon.Setup;

/// <summary>Somebody answered "no" where the wizard asked whether to go on; nothing was written (daemon-runtime.md §4.3).</summary>
public sealed class SetupCancelledException() : Exception("Setup was cancelled; nothing was written.");
