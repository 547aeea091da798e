@echo off
rem Starts kretsim. Java 19 and later lay its classes ready by themselves at the first end of a run.
setlocal
set "jar=%~dp0kretsim.jar"
if not exist "%jar%" set "jar=%~dp0..\lib\kretsim.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if exist "%~dp0java.exe" set "java=%~dp0java.exe"
"%java%" -Xshare:auto -Xlog:disable -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%LOCALAPPDATA%\kretsim.jsa" -cp "%jar%" dev.kretsim.cli.Main %*
