using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

public interface IHostConfigurator
{
    void Configure(IHostBuilder hostBuilder);
}
