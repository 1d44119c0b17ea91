using System.Text;
using AeVae.Runner.Commands;
using AeVae.Runner.Views;

if (OperatingSystem.IsWindows())
    Console.OutputEncoding = Encoding.UTF8;
ConsoleWriter output = ConsoleWriter.Guard(Console.Out), error = ConsoleWriter.Guard(Console.Error);
Console.SetOut(output);
Console.SetError(error);
return CommandLine.Run(args, output, error);
