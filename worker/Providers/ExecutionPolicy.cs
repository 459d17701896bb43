namespace Donmai.Worker.Providers;

/// <summary>What an agent may do without asking (worker.md §3.6).</summary>
internal enum ExecutionPolicy
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>What the allow list names.</summary>
    AllowList,

    /// <summary>No tools.</summary>
    Deny,
}
