namespace Orleans.Runtime;

/// <summary>What a frame is; each begins with it.</summary>
internal static class WireMessage
{
    /// <summary>Client: the protocol, first of all.</summary>
    public const byte Hello = 1;

    /// <summary>Silo: the grain classes.</summary>
    public const byte Welcome = 2;

    /// <summary>Client: number, grain, interface, method, context, arguments.</summary>
    public const byte Request = 3;

    /// <summary>Client: the number of a request that it gives up.</summary>
    public const byte Cancel = 4;

    /// <summary>Silo: number and result.</summary>
    public const byte Result = 5;

    /// <summary>Silo: number and exception.</summary>
    public const byte Failure = 6;

    /// <summary>Changes whenever the meaning of a frame does.</summary>
    public const string Protocol = "donmai grains 1";
}
