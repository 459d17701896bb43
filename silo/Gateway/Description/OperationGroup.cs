namespace Donmai.Silo.Gateway.Description;

/// <summary>Operations that belong together.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Operations">The operations in reading order.</param>
internal sealed record OperationGroup(string Name, IReadOnlyList<Operation> Operations)
{
    /// <summary>All operations of the control API, in reading order.</summary>
    public static IReadOnlyList<OperationGroup> All { get; } =
    [
        new("Daemon", DaemonOperations.All),
        new("Actions", ActionOperations.All),
        new("Sessions", SessionOperations.All),
        new("Platform", PlatformOperations.All),
        new("Providers", ProviderOperations.All),
        new("Outbox", OutboxOperations.All),
        new("Work areas", WorkareaOperations.All),
        new("Routing", RoutingOperations.All),
        new("Description", DescriptionOperations.All),
    ];
}
