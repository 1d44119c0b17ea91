@echo off
rem Starts AeVae. Builds it on first use, and again when a source file is newer than the last build.
setlocal
set "root=%~dp0"
set "program=%root%artifacts\bin\Runner\release\runner.dll"
set "stamp=%root%artifacts\runner.stamp"
where dotnet >nul 2>nul
if errorlevel 1 (
  echo runner: AeVae needs the .NET 10 SDK, and no dotnet was found in PATH. 1>&2
  echo   Get it from https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
  exit /b 2
)
if not exist "%program%" goto build
if not exist "%stamp%" goto build
set "RUNNER_ROOT=%root%"
powershell -NoProfile -NonInteractive -Command "$r=$env:RUNNER_ROOT; $t=(Get-Item ($r+'artifacts\runner.stamp')).LastWriteTimeUtc; $n=@(Get-ChildItem -Recurse ($r+'src')) + @(Get-Item ($r+'Directory.*.props'),($r+'global.json'),($r+'BannedSymbols.txt')) | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 1 } else { exit 0 }"
if errorlevel 1 goto build
goto start
:build
echo Building AeVae... 1>&2
if not exist "%root%artifacts" mkdir "%root%artifacts"
rem Dated before the build, so that an edit in the middle of it is seen next time.
type nul > "%stamp%.new"
set "build=dotnet build "%root%src\Runner\Runner.csproj" -c Release -nodeReuse:false -nologo -v quiet"
rem Precompiled commands start sooner; where the compiler for that cannot be had, they work all the same.
%build% -p:Precompile=true > "%root%artifacts\runner.build.log" 2>&1
if errorlevel 1 %build% > "%root%artifacts\runner.build.log" 2>&1
if errorlevel 1 (
  type "%root%artifacts\runner.build.log" 1>&2
  echo runner: the build failed ^(output above^) 1>&2
  exit /b 2
)
move /y "%stamp%.new" "%stamp%" >nul
:start
rem A run that is made in another folder has the commit of this one.
set "RUNNER_SOURCE=%root%"
dotnet "%program%" %*
exit /b %errorlevel%
