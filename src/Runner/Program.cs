using System.Text;
using AeVae.Runner.Commands;

if (OperatingSystem.IsWindows())
    Console.OutputEncoding = Encoding.UTF8;
return CommandLine.Run(args, Console.Out, Console.Error);
