using Donmai.Daemon;

namespace Donmai.Silo.Gateway.Description;

/// <summary>What every route may answer (control-api.md §1.2–§1.6).</summary>
internal static class CommonAnswers
{
    /// <summary>The same on every route, by name.</summary>
    public static IReadOnlyList<(string Name, OperationAnswer Answer)> OfAllRoutes { get; } =
    [
        ("TokenRequired", OperationAnswer.Refusal(401, "The system cannot tell whose connection this is, and the control token is not shown.", """{"error":"control token required"}""")),
        ("Forbidden", OperationAnswer.Refusal(403, "Another user's connection (`forbidden user`), a foreign `Host` (`forbidden host`) or a foreign `Origin` (`forbidden origin`).", """{"error":"forbidden user"}""")),
        ("WrongMethod", OperationAnswer.Refusal(405, "The path is known, the method is not one of its methods; `Allow` names those. `HEAD` and `OPTIONS` are never among them.", """{"error":"method not allowed"}""")),
        ("TooLarge", OperationAnswer.Refusal(413, "The body is longer than 1 MiB.", """{"error":"request body too large"}""")),
    ];

    /// <summary>Answered in the shape of the route's refusals, by name.</summary>
    public static IReadOnlyList<(string Name, OperationAnswer Answer)> OfRefusingRoutes(Type refusals) =>
    [
        ("Defect", new(500, "A defect of the daemon; its log says more.", refusals, Body(refusals, "internal error; the daemon's log says more"))),
        ("Busy", new(503, "The daemon is too busy to answer.", refusals, Body(refusals, "the daemon is too busy to answer; try again"))),
        ("DiskFull", new(507, "The disk refuses to take state; nothing was done.", refusals, Body(refusals, "the disk is full"))),
    ];

    private static string Body(Type refusals, string words) =>
        refusals == typeof(DaemonActionAnswer) ? $$"""{"ok":false,"message":"{{words}}"}"""
        : refusals == typeof(CapacityChangeAnswer) ? $$"""{"ok":false,"key":"","value":"","message":"{{words}}"}"""
        : $$"""{"error":"{{words}}"}""";
}
