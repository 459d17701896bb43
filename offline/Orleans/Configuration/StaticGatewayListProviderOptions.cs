namespace Orleans.Configuration;

/// <summary>The gateways of a client, as <c>gwy.tcp://address:port/generation</c>.</summary>
public class StaticGatewayListProviderOptions
{
    public List<Uri> Gateways { get; set; } = [];
}
